package io.towpath.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.api.workflowservice.v1.GetSystemInfoRequest;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;

/** A real Temporal server on a file, which can be killed and started again. */
final class ServerProcess implements AutoCloseable {
  private static final int LAUNCHES = 5;

  private final Path database;
  private final Path log;
  private int port;
  private Process process;

  private ServerProcess(Path folder) throws IOException {
    this.database = folder.resolve("temporal.db");
    this.log = folder.resolve("temporal.log");
    this.port = freePort();
    this.process = launch();
  }

  static ServerProcess start(Path folder) throws IOException {
    ServerProcess server = new ServerProcess(folder);
    for (int launches = 1; !server.answers(); launches++) {
      server.port = freePort();
      server.again(launches);
    }
    return server;
  }

  String address() {
    return "127.0.0.1:" + port;
  }

  /** SIGKILL, then the same server again on the same file. */
  void killAndRestart() throws IOException {
    process.destroyForcibly().onExit().join();
    process = launch();
    for (int launches = 1; !answers(); launches++) {
      again(launches);
    }
  }

  /** Other processes take ports at the same time: a server that finds its own taken ends. */
  private void again(int launches) throws IOException {
    assertThat(launches).as(this::said).isLessThan(LAUNCHES);
    process = launch();
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
                "error"))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .start();
  }

  /** Waits for its first answer; false when the process ended instead. */
  private boolean answers() {
    WorkflowServiceStubs stubs =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder().setTarget(address()).build());
    try {
      Awaitility.await()
          .atMost(Duration.ofMinutes(2))
          .ignoreExceptions()
          .until(() -> !process.isAlive() || knowsItself(stubs));
      return process.isAlive();
    } finally {
      stubs.shutdownNow();
    }
  }

  private static boolean knowsItself(WorkflowServiceStubs stubs) {
    return stubs
        .blockingStub()
        .getSystemInfo(GetSystemInfoRequest.getDefaultInstance())
        .isInitialized();
  }

  private String said() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
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
