package io.towpath.starter.temporal;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.workflowservice.v1.GetSystemInfoRequest;
import io.temporal.api.workflowservice.v1.GetSystemInfoResponse;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.envconfig.ClientConfigProfile;
import io.temporal.envconfig.LoadClientConfigProfileOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.towpath.starter.exit.Stop;
import io.towpath.workflows.TowpathDataConverter;
import io.towpath.workflows.payload.PayloadKeys;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** An open connection to Temporal, set up by temporal-envconfig alone. */
public final class TemporalConnection implements AutoCloseable {
  private static final int FIRST_ANSWER_SECONDS = 6;

  private final WorkflowServiceStubs stubs;
  private final WorkflowClient client;
  private final String address;
  private final String serverVersion;
  private final Optional<String> payloadKey;

  private TemporalConnection(
      WorkflowServiceStubs stubs,
      WorkflowClient client,
      String address,
      String serverVersion,
      Optional<String> payloadKey) {
    this.stubs = stubs;
    this.client = client;
    this.address = address;
    this.serverVersion = serverVersion;
    this.payloadKey = payloadKey;
  }

  /** Connects, or ends the command with what to set and how to start a server. */
  public static TemporalConnection open(Map<String, String> env) {
    ClientConfigProfile profile = profile(env);
    PayloadKeys keys = PayloadKeyFiles.read(env);
    WorkflowServiceStubsOptions options =
        WorkflowServiceStubsOptions.newBuilder(profile.toWorkflowServiceStubsOptions())
            .validateAndBuildWithDefaults();
    WorkflowClientOptions clientOptions =
        profile.toWorkflowClientOptions().toBuilder()
            .setDataConverter(TowpathDataConverter.create(keys))
            .build();
    WorkflowServiceStubs stubs = WorkflowServiceStubs.newServiceStubs(options);
    try {
      GetSystemInfoResponse server =
          stubs
              .blockingStub()
              .withDeadlineAfter(FIRST_ANSWER_SECONDS, TimeUnit.SECONDS)
              .getSystemInfo(GetSystemInfoRequest.getDefaultInstance());
      return new TemporalConnection(
          stubs,
          WorkflowClient.newInstance(stubs, clientOptions),
          options.getTarget(),
          server.getServerVersion(),
          keys.current());
    } catch (StatusRuntimeException e) {
      stubs.shutdownNow();
      throw refused(options.getTarget(), e.getStatus());
    }
  }

  private static ClientConfigProfile profile(Map<String, String> env) {
    try {
      return ClientConfigProfile.load(
          LoadClientConfigProfileOptions.newBuilder().setEnvOverrides(env).build());
    } catch (IOException | RuntimeException e) {
      throw Stop.badInput(
          "Temporal's settings (TEMPORAL_* and temporal.toml) cannot be used: " + e.getMessage());
    }
  }

  private static Stop refused(String address, Status status) {
    Status.Code code = status.getCode();
    if (code == Status.Code.UNAVAILABLE || code == Status.Code.DEADLINE_EXCEEDED) {
      return Stop.unreachable(
          "Temporal does not answer at "
              + address
              + " (TEMPORAL_ADDRESS or temporal.toml); nothing was done.\n"
              + "Start one with \"temporal server start-dev\", or server, sandbox and worker with"
              + " \"./towpath dev\".");
    }
    return Stop.unreachable(
        "Temporal at " + address + " refuses us: " + words(status) + "; nothing was done.");
  }

  static String words(Status status) {
    String description = status.getDescription();
    return status.getCode() + (description == null ? "" : " " + description);
  }

  public WorkflowClient client() {
    return client;
  }

  public WorkflowServiceStubs stubs() {
    return stubs;
  }

  public String address() {
    return address;
  }

  public String namespace() {
    return client.getOptions().getNamespace();
  }

  /** Version of the server; empty when it does not say. */
  public String serverVersion() {
    return serverVersion;
  }

  /** The id of the key that encrypts what is sent; empty when nothing is encrypted. */
  public Optional<String> payloadKey() {
    return payloadKey;
  }

  @Override
  public void close() {
    stubs.shutdownNow();
  }
}
