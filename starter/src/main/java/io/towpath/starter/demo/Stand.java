package io.towpath.starter.demo;

import io.temporal.testserver.TestServer;
import java.io.Closeable;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** Sandbox, Temporal server and worker, started beside each other and ended together. */
final class Stand implements AutoCloseable {
  private final Path home;
  private final Path logs;
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final List<Child> children = new ArrayList<>();
  private final Map<String, String> env = new TreeMap<>();
  private Optional<Child> worker = Optional.empty();
  private volatile boolean closing;

  /**
   * A stand that is not started yet.
   *
   * @param logs folder for what the processes say, and for the environment file
   */
  Stand(Path logs) throws IOException {
    this.home = Path.of(System.getProperty("towpath.home", "."));
    this.logs = Files.createDirectories(logs);
    Path none =
        Files.writeString(
            logs.resolve("temporal.toml"), "[profile.default]\n", StandardCharsets.UTF_8);
    env.put("TEMPORAL_CONFIG_FILE", none.toString());
    Runtime.getRuntime().addShutdownHook(new Thread(this::close, "stand-down"));
  }

  /** The real {@code temporal} command, from PATH or {@code .tools/}. */
  Optional<Path> temporalCommand() {
    List<Path> places = new ArrayList<>();
    for (String folder : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
      if (!folder.isEmpty()) {
        places.add(Path.of(folder, "temporal"));
      }
    }
    places.add(home.resolve(".tools/temporal"));
    return places.stream().filter(Files::isExecutable).findFirst();
  }

  /** Starts the in-JVM server, which remembers only as long as this command runs. */
  void embedTemporal() throws IOException {
    int port = freePort();
    Closeable server = TestServer.createPortBoundServer(port, true);
    open.push(server);
    env.put("TEMPORAL_ADDRESS", "127.0.0.1:" + port);
  }

  /** Starts a real dev server with its UI. */
  void startTemporal(Path command, int port, int uiPort) throws InterruptedException {
    List<String> line =
        List.of(
            command.toString(),
            "server",
            "start-dev",
            "--ip",
            "127.0.0.1",
            "--port",
            "" + port,
            "--ui-port",
            "" + uiPort,
            "--log-level",
            "error");
    Child server = new Child("temporal", line, Map.of(), "Server:", logs.resolve("temporal.log"));
    opened(server);
    server.awaitReady();
    env.put("TEMPORAL_ADDRESS", "127.0.0.1:" + port);
  }

  /** Starts the sandbox and reads its environment once it answers. */
  void startSandbox(Optional<Path> data) throws IOException, InterruptedException {
    Path file = logs.resolve("sandbox.env");
    List<String> line =
        new ArrayList<>(
            List.of(launcher(), "sandbox", "--env-file", file.toString(), "--engine", "nextflow"));
    data.ifPresent(folder -> line.addAll(List.of("--data", folder.toString())));
    Child sandbox =
        new Child(
            "sandbox",
            line,
            Map.of("TOWPATH_BUILD", "never"),
            "sandbox ready",
            logs.resolve("sandbox.log"));
    opened(sandbox);
    sandbox.awaitReady();
    for (String entry : Files.readAllLines(file, StandardCharsets.UTF_8)) {
      int equals = entry.indexOf('=');
      env.put(entry.substring(0, equals), entry.substring(equals + 1));
    }
  }

  /** Starts a worker that polls when this returns. */
  void startWorker() throws InterruptedException {
    Map<String, String> settings = new TreeMap<>(env);
    settings.remove("TOWPATH_SANDBOX_CONTROL");
    settings.put("TOWPATH_BUILD", "never");
    Child started =
        new Child(
            "worker",
            List.of(launcher(), "worker"),
            settings,
            "worker ready",
            logs.resolve("worker.log"));
    opened(started);
    started.awaitReady();
    worker = Optional.of(started);
  }

  /** Kills the worker without warning. */
  void killWorker() throws InterruptedException {
    if (worker.isPresent()) {
      worker.get().kill();
    }
  }

  /** Waits until a process ends, and says which; empty when all are being ended. */
  Optional<String> awaitAnyEnd() {
    CompletableFuture<?>[] ends =
        children.stream().map(Child::ended).toArray(CompletableFuture<?>[]::new);
    String news = String.valueOf(CompletableFuture.anyOf(ends).join());
    return closing ? Optional.empty() : Optional.of(news);
  }

  private synchronized void opened(Child child) {
    open.push(child);
    children.add(child);
  }

  /** This process's environment, with this stand's Temporal in the place of any other. */
  Map<String, String> temporalEnv() {
    Map<String, String> mine = new TreeMap<>(System.getenv());
    mine.keySet().removeIf(variable -> variable.startsWith("TEMPORAL_"));
    for (Map.Entry<String, String> setting : env.entrySet()) {
      if (setting.getKey().startsWith("TEMPORAL_")) {
        mine.put(setting.getKey(), setting.getValue());
      }
    }
    return mine;
  }

  /** A setting of the stand, such as {@code TEMPORAL_ADDRESS}. */
  String setting(String name) {
    return env.getOrDefault(name, "");
  }

  /** The launcher script, by which the commands are found from every folder. */
  String launcher() {
    return System.getProperty("towpath.launcher", home.resolve("towpath").toString());
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** Ends everything, last started first. */
  @Override
  public void close() {
    closing = true;
    closeAll();
  }

  private synchronized void closeAll() {
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception e) {
        System.err.println("towpath: " + e.getMessage());
      }
    }
  }
}
