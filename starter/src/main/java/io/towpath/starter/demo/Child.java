package io.towpath.starter.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A process of ours, ready once it prints a certain line; what it says of errors goes to a file. It
 * never gets the caller's own settings of Temporal, which may name another server.
 */
final class Child implements AutoCloseable {
  private final String name;
  private final Path log;
  private final Process process;
  private final CountDownLatch ready = new CountDownLatch(1);

  Child(String name, List<String> command, Map<String, String> env, String readyLine, Path log) {
    this.name = name;
    this.log = log;
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(log.toFile());
    builder.environment().keySet().removeIf(variable -> variable.startsWith("TEMPORAL_"));
    builder.environment().putAll(env);
    try {
      this.process = builder.start();
      process.getOutputStream().close();
    } catch (IOException e) {
      throw new IllegalStateException(name + " cannot be started: " + e.getMessage(), e);
    }
    Thread reader = new Thread(() -> read(readyLine), name + "-output");
    reader.setDaemon(true);
    reader.start();
  }

  private void read(String readyLine) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.contains(readyLine)) {
          ready.countDown();
        }
      }
    } catch (IOException e) {
      // the process ended; awaitReady tells so
    }
  }

  /** Waits until the process is ready. */
  void awaitReady() throws InterruptedException {
    for (int tenths = 0; tenths < 900; tenths++) {
      if (ready.await(100, TimeUnit.MILLISECONDS)) {
        return;
      }
      if (!process.isAlive()) {
        throw new IllegalStateException(name + " ended at its start; see " + log);
      }
    }
    throw new IllegalStateException(name + " is not ready after 90 s; see " + log);
  }

  /** Ends it at once, as a crash would. */
  void kill() throws InterruptedException {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().waitFor();
  }

  /** What to say when the process has ended, by itself or not. */
  CompletableFuture<String> ended() {
    return process.onExit().thenApply(gone -> name + " ended; see " + log);
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        kill();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
