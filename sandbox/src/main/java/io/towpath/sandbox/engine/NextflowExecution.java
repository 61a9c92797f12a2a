package io.towpath.sandbox.engine;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * One run of the real Nextflow: prepared, watched through what it prints, and carried back to S3.
 */
final class NextflowExecution implements Execution {
  private static final long SECONDS_TO_END = 5;

  private final RunSpec spec;
  private final NextflowCommand command;
  private final NextflowFiles files;
  private final PipelineSources pipelines;
  private final InstantSource clock;
  private final List<String> log = new ArrayList<>();
  private Optional<NextflowFolders> folders = Optional.empty();
  private Optional<Process> process = Optional.empty();
  private Optional<Instant> start = Optional.empty();
  private Optional<RunState> last = Optional.empty();
  private boolean cancelled;

  NextflowExecution(
      RunSpec spec,
      NextflowCommand command,
      NextflowFiles files,
      PipelineSources pipelines,
      InstantSource clock) {
    this.spec = spec;
    this.command = command;
    this.files = files;
    this.pipelines = pipelines;
    this.clock = clock;
  }

  /** Does all of the run, on the calling thread. */
  void carryOut() {
    try {
      Path script = pipelines.script(spec.source());
      NextflowFolders made = files.prepare(spec);
      boolean resume = spec.resume() && made.hasHistory();
      Optional<Process> started = begin(made, command.process(spec, script, made, resume));
      if (started.isPresent()) {
        int exit = watch(started.orElseThrow());
        files.upload(spec, made);
        files.uploadTaskLogs(spec, tasks(true));
        end(exit, Optional.empty());
      }
    } catch (IOException | RuntimeException e) {
      end(1, Optional.of(String.valueOf(e.getMessage())));
    } catch (InterruptedException e) {
      cancel();
      end(1, Optional.of("the sandbox was closed"));
    }
  }

  @Override
  public synchronized RunState look() {
    return last.orElseGet(
        () ->
            new RunState(
                start.isPresent() ? "RUNNING" : "SUBMITTED",
                start,
                Optional.empty(),
                RunState.Outcome.NONE,
                tasks(false),
                log));
  }

  @Override
  public synchronized void cancel() {
    if (last.isPresent()) {
      return;
    }
    cancelled = true;
    if (process.isPresent()) {
      killTree(process.orElseThrow());
    } else {
      end(1, Optional.empty());
    }
  }

  @Override
  public String headLog() {
    Optional<NextflowFolders> made;
    synchronized (this) {
      made = folders;
    }
    try {
      return made.isPresent() && Files.exists(made.orElseThrow().headLog())
          ? Files.readString(made.orElseThrow().headLog())
          : "";
    } catch (IOException e) {
      return "";
    }
  }

  private synchronized Optional<Process> begin(NextflowFolders made, ProcessBuilder builder)
      throws IOException {
    if (last.isPresent()) {
      return Optional.empty();
    }
    folders = Optional.of(made);
    process = Optional.of(builder.start());
    return process;
  }

  private int watch(Process running) throws IOException, InterruptedException {
    try (BufferedReader lines = running.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        note(line);
      }
    }
    return running.waitFor();
  }

  private synchronized void note(String line) {
    log.add(line);
    if (start.isEmpty() && line.startsWith("Launching `")) {
      start = Optional.of(clock.instant());
    }
  }

  private synchronized void end(int exit, Optional<String> trouble) {
    if (last.isPresent()) {
      return;
    }
    trouble.ifPresent(words -> log.add("ERROR ~ " + words));
    String status = cancelled ? "CANCELLED" : exit == 0 ? "SUCCEEDED" : "FAILED";
    RunState.Outcome outcome = RunState.Outcome.GOOD;
    if (status.equals("FAILED")) {
      outcome =
          new RunState.Outcome(Optional.of(exit), Optional.of(message()), Optional.of(report()));
    } else if (cancelled) {
      outcome = RunState.Outcome.NONE;
    }
    last =
        Optional.of(
            new RunState(status, start, Optional.of(clock.instant()), outcome, tasks(true), log));
  }

  private synchronized List<TaskRecord> tasks(boolean ended) {
    return folders
        .map(made -> new NextflowTrace(made.trace(), spec.workDir(), made.work()).tasks(log, ended))
        .orElse(List.of());
  }

  /** The line below "Caused by", else the error line itself. */
  private String message() {
    int caused = log.indexOf("Caused by:");
    if (caused >= 0 && caused + 1 < log.size()) {
      return log.get(caused + 1).strip();
    }
    return log.stream()
        .filter(line -> line.startsWith("ERROR ~ "))
        .findFirst()
        .map(line -> line.substring("ERROR ~ ".length()))
        .orElse("Nextflow ended with an error");
  }

  private String report() {
    int from = 0;
    for (int i = 0; i < log.size(); i++) {
      if (log.get(i).startsWith("ERROR ~ ")) {
        from = i;
        break;
      }
    }
    return String.join("\n", log.subList(from, log.size()));
  }

  private static void killTree(Process head) {
    List<ProcessHandle> tree =
        Stream.concat(head.descendants(), Stream.of(head.toHandle())).toList();
    tree.forEach(ProcessHandle::destroy);
    try {
      if (!head.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
        tree.forEach(ProcessHandle::destroyForcibly);
      }
    } catch (InterruptedException e) {
      tree.forEach(ProcessHandle::destroyForcibly);
      Thread.currentThread().interrupt();
    }
  }
}
