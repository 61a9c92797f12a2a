package io.towpath.worker;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A worker in a process of its own, whose lines of output can be waited for. */
final class WorkerProcess implements AutoCloseable {
  private final Process process;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final List<String> said = new ArrayList<>();

  private WorkerProcess(Process process) {
    this.process = process;
    Thread reader = new Thread(this::read, "worker-output");
    reader.setDaemon(true);
    reader.start();
  }

  /**
   * What a worker has to live with.
   *
   * @param within a command that gives its place to the one that follows it
   * @param flags of the JVM
   */
  record Place(List<String> within, List<String> flags) {
    /** The heap that the launcher gives a worker. */
    static final Place USUAL = new Place(List.of(), List.of("-Xmx256m"));

    /** What bash makes of a place before it gives it to the worker. */
    static Place inBash(String line, String... flags) {
      return new Place(List.of("bash", "-c", line + "exec \"$@\"", "bash"), List.of(flags));
    }
  }

  /** Starts {@code main} where a worker usually is. */
  static WorkerProcess start(Class<?> main, Map<String, String> settings, String... arguments)
      throws IOException {
    return start(Place.USUAL, main, settings, arguments);
  }

  static WorkerProcess start(
      Place place, Class<?> main, Map<String, String> settings, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(place.within());
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(place.flags());
    command.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            main.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    Map<String, String> environment = new TreeMap<>(settings);
    environment.remove("TOWPATH_SANDBOX_CONTROL");
    builder.environment().putAll(environment);
    WorkerProcess worker = new WorkerProcess(builder.start());
    worker.await("worker ready", 120);
    return worker;
  }

  /** Waits for a line of output. */
  void await(String line, int seconds) {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    try {
      while (System.nanoTime() < until) {
        String next = lines.poll(200, TimeUnit.MILLISECONDS);
        if (next != null && next.equals(line)) {
          return;
        }
        if (next != null) {
          said.add(next);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new AssertionError("the worker never said \"" + line + "\", but: " + said);
  }

  /** The largest number behind {@code word} in what it has said up to now. */
  long most(String word) {
    lines.drainTo(said);
    return said.stream()
        .filter(line -> line.startsWith(word))
        .mapToLong(line -> Long.parseLong(line.substring(word.length())))
        .max()
        .orElse(0);
  }

  /** All lines up to now that nobody waited for. */
  List<String> said() {
    lines.drainTo(said);
    return List.copyOf(said);
  }

  boolean lives() {
    return process.isAlive();
  }

  /** SIGKILL: nothing is drained, nothing is told to anybody. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** SIGSTOP: it is there, keeps what it holds, and does nothing. */
  void stop() {
    signal("STOP");
  }

  /** SIGCONT: it goes on where it was, and knows nothing of the time between. */
  void goOn() {
    signal("CONT");
  }

  private void signal(String name) {
    try {
      List<String> command = List.of("kill", "-" + name, String.valueOf(process.pid()));
      new ProcessBuilder(command).inheritIO().start().onExit().join();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** SIGTERM; says whether the process ended by itself within the time that a deployment gives. */
  boolean drains() {
    process.destroy();
    try {
      return process.waitFor(60, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void read() {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(line);
      }
    } catch (IOException e) {
      lines.add("the output ended: " + e.getMessage());
    }
  }

  @Override
  public void close() {
    kill();
  }
}
