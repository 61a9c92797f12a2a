package io.towpath.worker;

import com.uber.m3.tally.NoopScope;
import com.uber.m3.tally.Scope;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.testing.TemporalDevServer;
import io.temporal.testing.TemporalDevServerOptions;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.towpath.workflows.TowpathDataConverter;

/**
 * The Temporal server under test: in this JVM, or a real one. The Maven profile {@code devserver}
 * asks for a real one of its own; {@code towpath.temporal.address} names one that runs already.
 */
final class TemporalUnderTest implements AutoCloseable {
  private final Runnable server;
  private final WorkflowClient client;

  private TemporalUnderTest(Runnable server, WorkflowClient client) {
    this.server = server;
    this.client = client;
  }

  static TemporalUnderTest start() {
    return start(new NoopScope());
  }

  /**
   * @param metrics where the SDK reports to
   */
  static TemporalUnderTest start(Scope metrics) {
    String address = System.getProperty("towpath.temporal.address", "");
    if (!address.isEmpty()) {
      return at(address, metrics, () -> {});
    }
    return System.getProperty("towpath.temporal", "embedded").equals("devserver")
        ? devServer(metrics)
        : inThisJvm(metrics);
  }

  /** A server with an empty database, gone when the test is. */
  private static TemporalUnderTest devServer(Scope metrics) {
    TemporalDevServer server =
        TemporalDevServer.start(
            TemporalDevServerOptions.newBuilder()
                .setExistingPath(TemporalCommand.find().toString())
                .setDownloadEnabled(false)
                .setLogLevel("never")
                .build());
    return at(server.getTarget(), metrics, () -> closed(server));
  }

  /** A server that someone else starts and ends. */
  static TemporalUnderTest at(String address) {
    return at(address, new NoopScope(), () -> {});
  }

  private static TemporalUnderTest inThisJvm(Scope metrics) {
    TestWorkflowEnvironment environment =
        TestWorkflowEnvironment.newInstance(
            TestEnvironmentOptions.newBuilder()
                .setUseTimeskipping(false)
                .setMetricsScope(metrics)
                .setWorkflowServiceStubsOptions(
                    WorkflowServiceStubsOptions.newBuilder()
                        .addGrpcClientInterceptor(new FailedWhenCancelled())
                        .build())
                .setWorkflowClientOptions(options())
                .build());
    return in(environment);
  }

  /** A server in this JVM whose clock the test has in hand. */
  static TemporalUnderTest in(TestWorkflowEnvironment environment) {
    ClockNotes.forget(environment);
    return new TemporalUnderTest(environment::close, environment.getWorkflowClient());
  }

  private static TemporalUnderTest at(String address, Scope metrics, Runnable server) {
    WorkflowServiceStubs stubs =
        WorkflowServiceStubs.newConnectedServiceStubs(
            WorkflowServiceStubsOptions.newBuilder()
                .setTarget(address)
                .setMetricsScope(metrics)
                .build(),
            null);
    Runnable both =
        () -> {
          stubs.shutdownNow();
          server.run();
        };
    return new TemporalUnderTest(both, WorkflowClient.newInstance(stubs, options()));
  }

  private static void closed(TemporalDevServer server) {
    try {
      server.close();
    } catch (Exception e) {
      throw new IllegalStateException("the Temporal server does not end", e);
    }
  }

  static WorkflowClientOptions options() {
    return WorkflowClientOptions.newBuilder()
        .setDataConverter(TowpathDataConverter.create())
        .build();
  }

  WorkflowClient client() {
    return client;
  }

  @Override
  public void close() {
    server.run();
  }
}
