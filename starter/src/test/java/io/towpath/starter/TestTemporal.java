package io.towpath.starter;

import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.testserver.TestServer;
import io.temporal.testserver.TestServer.PortBoundTestServer;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.towpath.workflows.TaskQueues;
import io.towpath.workflows.TowpathDataConverter;
import io.towpath.workflows.etl.RunControls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** The in-JVM Temporal server behind a real port, with or without a worker of fakes. */
final class TestTemporal implements AutoCloseable {
  private final int port = freePort();
  private final PortBoundTestServer server = TestServer.createPortBoundServer(port);
  private final WorkflowServiceStubs stubs;
  private final WorkflowClient client;
  private final WorkerFactory factory;

  private TestTemporal(boolean withWorker) {
    stubs =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder().setTarget(address()).build());
    client =
        WorkflowClient.newInstance(
            stubs,
            WorkflowClientOptions.newBuilder()
                .setDataConverter(TowpathDataConverter.create())
                .build());
    factory = WorkerFactory.newInstance(client);
    if (withWorker) {
      Worker worker = factory.newWorker(TaskQueues.WORKFLOWS);
      worker.registerWorkflowImplementationTypes(
          FakeRoundTrip.class, FakeScan.class, FakePlan.class, FakeLook.class, FakeDoctor.class);
      factory.start();
    }
  }

  static TestTemporal withWorker() {
    return new TestTemporal(true);
  }

  static TestTemporal withoutWorker() {
    return new TestTemporal(false);
  }

  String address() {
    return "127.0.0.1:" + port;
  }

  /** Lets a run that waits go on. */
  void release(String workflowId) {
    client.newWorkflowStub(RunControls.class, workflowId).pollNow();
  }

  WorkflowStub run(String workflowId) {
    return client.newUntypedWorkflowStub(workflowId);
  }

  @Override
  public void close() {
    factory.shutdownNow();
    stubs.shutdownNow();
    server.close();
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
