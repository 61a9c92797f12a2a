package io.towpath.sandbox.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A run that is a process of this machine. */
public final class LocalRun implements Run {
  private static final Logger log = LoggerFactory.getLogger(LocalRun.class);
  private static final Duration LAST_WORDS = Duration.ofSeconds(1);
  private static final Duration KILL_TAKES = Duration.ofSeconds(5);

  private final Process process;
  private final InstantSource clock;
  private final Instant started;
  private final Queue<ProcessHandle> family = new ConcurrentLinkedQueue<>();
  private volatile Optional<RunState> ended = Optional.empty();

  private LocalRun(Process process, InstantSource clock) {
    this.process = process;
    this.clock = clock;
    this.started = clock.instant();
  }

  /** Starts a program; what it writes goes to the output. */
  public static LocalRun start(Command command, RootFolder root, Output output, InstantSource clock)
      throws Command.NoStart, IOException {
    ProcessBuilder builder = command.process(root);
    Files.createDirectories(builder.directory().toPath());
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new Command.NoStart(126, Command.failed(command.argv().get(0), "exec format error"));
    }
    process.getOutputStream().close();
    LocalRun run = new LocalRun(process, clock);
    List<Thread> readers =
        List.of(
            reader(output, Output.Channel.STDOUT, process.getInputStream()),
            reader(output, Output.Channel.STDERR, process.getErrorStream()));
    daemon("container-end", () -> run.await(readers)).start();
    return run;
  }

  private static Thread reader(Output output, Output.Channel channel, InputStream stream) {
    Thread reader =
        daemon(
            "container-output",
            () -> {
              try (stream) {
                output.drain(channel, stream);
              } catch (IOException closed) {
                log.debug("the output of a container ended early", closed);
              }
            });
    reader.start();
    return reader;
  }

  private static Thread daemon(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  /** The end is told when the last words are read, unless a child of the program holds them. */
  private void await(List<Thread> readers) {
    try {
      int exit = process.waitFor();
      family.forEach(ProcessHandle::destroyForcibly);
      for (Thread reader : readers) {
        reader.join(LAST_WORDS.toMillis());
      }
      ended =
          Optional.of(
              new RunState(
                  RunState.EXITED,
                  Optional.of(started),
                  Optional.of(clock.instant()),
                  Optional.of(exit),
                  "",
                  0));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public RunState look() {
    return ended.orElseGet(
        () ->
            new RunState(
                RunState.RUNNING,
                Optional.of(started),
                Optional.empty(),
                Optional.empty(),
                "",
                process.pid()));
  }

  /** What the program started ends with it once it was told to end, as all of a container does. */
  @Override
  public void signal(int number) {
    family.addAll(process.descendants().toList());
    switch (number) {
      case KILL -> process.toHandle().destroyForcibly();
      case TERMINATE -> process.toHandle().destroy();
      default -> send(number);
    }
  }

  @Override
  public void kill() {
    signal(KILL);
    try {
      process.waitFor(KILL_TAKES.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void send(int number) {
    try {
      new ProcessBuilder("kill", "-" + number, String.valueOf(process.pid())).start().waitFor();
    } catch (IOException e) {
      log.warn("signal {} was not sent", number, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
