package io.towpath.worker;

import io.temporal.api.workflowservice.v1.GetSystemInfoRequest;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;

/** A real Temporal server on a file, which can be killed and started again. */
final class ServerProcess implements AutoCloseable {
  private final Path database;
  private final int port;
  private Process process;

  private ServerProcess(Path database, int port) throws IOException {
    this.database = database;
    this.port = port;
    this.process = launch();
  }

  static ServerProcess start(Path folder) throws IOException {
    ServerProcess server = new ServerProcess(folder.resolve("temporal.db"), freePort());
    server.awaitAnswer();
    return server;
  }

  String address() {
    return "127.0.0.1:" + port;
  }

  /** SIGKILL, then the same server again on the same file. */
  void killAndRestart() throws IOException {
    process.destroyForcibly().onExit().join();
    process = launch();
    awaitAnswer();
  }

  private Process launch() throws IOException {
    return new ProcessBuilder(
            List.of(
                TemporalCommand.find().toString(),
                "server",
                "start-dev",
                "--headless",
                "--port",
                String.valueOf(port),
                "--db-filename",
                database.toString(),
                "--log-level",
                "never"))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private void awaitAnswer() {
    WorkflowServiceStubs stubs =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder().setTarget(address()).build());
    try {
      Awaitility.await()
          .atMost(Duration.ofSeconds(40))
          .ignoreExceptions()
          .until(
              () ->
                  stubs
                      .blockingStub()
                      .getSystemInfo(GetSystemInfoRequest.getDefaultInstance())
                      .isInitialized());
    } finally {
      stubs.shutdownNow();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
