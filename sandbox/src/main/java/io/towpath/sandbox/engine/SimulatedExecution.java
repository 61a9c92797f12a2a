package io.towpath.sandbox.engine;

import io.towpath.sandbox.s3.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One simulated run: its state follows the clock, its outputs are written when its time is over.
 */
final class SimulatedExecution implements Execution {
  private static final String PER_ROW = "SUMMARISE_SAMPLE";
  private static final String OVERALL = "SUMMARISE_RUN";

  /** Longer sheets have no folder for each row but one for so many. */
  private static final int ROWS_APART = 1_000;

  private final RunSpec spec;
  private final ObjectStore store;
  private final InstantSource clock;
  private final Set<String> cachedTasks;
  private final Instant begins;
  private final Instant ends;
  private Optional<RunState> last = Optional.empty();
  private Optional<Sheet> sheet = Optional.empty();
  private List<TaskRecord> underWay = List.of();
  private boolean sheetRead;
  private boolean writing;

  SimulatedExecution(
      RunSpec spec,
      ObjectStore store,
      InstantSource clock,
      Set<String> cachedTasks,
      Duration submitted,
      Duration whole) {
    this.spec = spec;
    this.store = store;
    this.clock = clock;
    this.cachedTasks = cachedTasks;
    Instant now = clock.instant();
    this.begins = now.plus(submitted);
    this.ends = now.plus(whole);
  }

  /** Whoever comes first after the end writes the outputs; meanwhile others see it running. */
  @Override
  public RunState look() {
    synchronized (this) {
      Instant now = clock.instant();
      if (last.isPresent()) {
        return last.orElseThrow();
      }
      if (now.isBefore(begins)) {
        return new RunState(
            "SUBMITTED",
            Optional.empty(),
            Optional.empty(),
            RunState.Outcome.NONE,
            List.of(),
            List.of());
      }
      if (now.isBefore(ends) || writing) {
        return new RunState(
            "RUNNING",
            Optional.of(begins),
            Optional.empty(),
            RunState.Outcome.NONE,
            underWay(now),
            log(List.of()));
      }
      writing = true;
    }
    return ended(finish());
  }

  private synchronized RunState ended(RunState state) {
    if (last.isEmpty()) {
      last = Optional.of(state);
    }
    return last.orElseThrow();
  }

  @Override
  public void cancel() {
    RunState state = look();
    if (!state.ended()) {
      Instant now = clock.instant();
      ended(
          new RunState(
              "CANCELLED",
              state.start(),
              Optional.of(now),
              RunState.Outcome.NONE,
              state.start().isPresent() ? tasks("ABORTED", now) : List.of(),
              state.log()));
    }
  }

  @Override
  public String headLog() {
    return String.join("\n", look().log());
  }

  private RunState finish() {
    List<TaskRecord> tasks = tasks("COMPLETED", ends);
    try {
      writeOutputs();
    } catch (RuntimeException e) {
      String message = "Cannot write to " + spec.param("outdir") + ": " + e.getMessage();
      List<String> log = log(List.of("ERROR ~ " + message));
      return new RunState(
          "FAILED",
          Optional.of(begins),
          Optional.of(ends),
          new RunState.Outcome(
              Optional.of(1), Optional.of(message), Optional.of(String.join("\n", log))),
          tasks,
          log);
    }
    tasks.forEach(task -> cachedTasks.add(task.place().workDir()));
    return new RunState(
        "SUCCEEDED",
        Optional.of(begins),
        Optional.of(ends),
        RunState.Outcome.GOOD,
        tasks,
        log(List.of()));
  }

  private void writeOutputs() {
    Optional<S3Place> outdir = S3Place.parse(spec.param("outdir"));
    if (outdir.isEmpty()) {
      return;
    }
    S3Place results = outdir.orElseThrow();
    List<String> names = rowNames();
    List<String> rows = sheet().map(Sheet::rowTexts).orElse(List.of());
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      String folder = names.size() > ROWS_APART ? "part-" + i / ROWS_APART : name;
      write(results.below(folder + "/" + name + ".summary.txt"), name + "\n" + rows.get(i) + "\n");
    }
    String text = "pipeline: " + spec.source().pipeline() + "\nsamples: " + names.size() + "\n";
    write(results.below("summary/summary.txt"), text);
  }

  private void write(S3Place place, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    store.put(place.bucket(), place.key(), "text/plain", bytes);
  }

  private List<TaskRecord> underWay(Instant now) {
    if (underWay.isEmpty()) {
      underWay = List.copyOf(tasks("RUNNING", now));
    }
    return underWay;
  }

  private List<TaskRecord> tasks(String status, Instant now) {
    List<TaskRecord> tasks = new ArrayList<>();
    for (String name : rowNames()) {
      tasks.add(task(tasks.size() + 1, PER_ROW, name, status, now));
    }
    tasks.add(task(tasks.size() + 1, OVERALL, "", status, now));
    return tasks;
  }

  private TaskRecord task(int id, String process, String tag, String status, Instant now) {
    String item = tag + spec.source().pipeline() + spec.source().commitId() + spec.param("input");
    String hash = Hashes.task(spec.sessionId(), process, item);
    String folder = spec.workDir() + "/" + Hashes.folder(hash);
    boolean cached = spec.resume() && cachedTasks.contains(folder);
    boolean over = status.equals("COMPLETED");
    return new TaskRecord(
        id,
        process,
        tag,
        cached ? "CACHED" : status,
        cached || over ? Optional.of(0) : Optional.empty(),
        new TaskRecord.Times(
            Optional.of(begins),
            Optional.of(begins),
            cached || over ? Optional.of(now) : Optional.empty()),
        new TaskRecord.Place(
            Hashes.brief(hash),
            "simulated-" + spec.workflowId() + "-" + id,
            folder,
            "echo '" + tag + "'",
            process + " " + tag + "\n"),
        TaskRecord.Usage.small(Duration.between(begins, now).toMillis()));
  }

  private List<String> log(List<String> more) {
    List<String> lines = new ArrayList<>();
    lines.add("N E X T F L O W  ~  version 24.10.0 (simulated)");
    lines.add("Launching `" + spec.source().pipeline() + "` [" + spec.runName() + "] DSL2");
    lines.addAll(more);
    return lines;
  }

  private List<String> rowNames() {
    return sheet().map(Sheet::rowNames).orElse(List.of());
  }

  private synchronized Optional<Sheet> sheet() {
    if (!sheetRead) {
      sheetRead = true;
      sheet = S3Place.parse(spec.param("input")).flatMap(this::read);
    }
    return sheet;
  }

  private Optional<Sheet> read(S3Place place) {
    if (store.head(place.bucket(), place.key()).isEmpty()) {
      return Optional.empty();
    }
    try (InputStream in = store.open(place.bucket(), place.key(), 0, -1)) {
      return Optional.of(Sheet.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }
}
