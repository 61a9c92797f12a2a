package io.towpath.worker;

import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.towpath.workflows.TowpathDataConverter;

/** The Temporal server under test: in this JVM, or a real one named by TEMPORAL_ADDRESS's property. */
final class TemporalUnderTest implements AutoCloseable {
  private final AutoCloseable server;
  private final WorkflowClient client;

  private TemporalUnderTest(AutoCloseable server, WorkflowClient client) {
    this.server = server;
    this.client = client;
  }

  static TemporalUnderTest start() {
    String address = System.getProperty("towpath.temporal.address", "");
    return address.isEmpty() ? inThisJvm() : at(address);
  }

  private static TemporalUnderTest inThisJvm() {
    TestWorkflowEnvironment environment =
        TestWorkflowEnvironment.newInstance(
            TestEnvironmentOptions.newBuilder()
                .setUseTimeskipping(false)
                .setWorkflowClientOptions(options())
                .build());
    return new TemporalUnderTest(environment, environment.getWorkflowClient());
  }

  private static TemporalUnderTest at(String address) {
    WorkflowServiceStubs stubs =
        WorkflowServiceStubs.newConnectedServiceStubs(
            WorkflowServiceStubsOptions.newBuilder().setTarget(address).build(), null);
    return new TemporalUnderTest(stubs::shutdownNow, WorkflowClient.newInstance(stubs, options()));
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
  public void close() throws Exception {
    server.close();
  }
}
