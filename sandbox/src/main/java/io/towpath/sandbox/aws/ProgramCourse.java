package io.towpath.sandbox.aws;

import io.towpath.sandbox.image.Run;
import io.towpath.sandbox.image.RunState;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A course whose program is a process of this machine. */
final class ProgramCourse implements Course {
  private static final Duration GRACE = Duration.ofSeconds(30);

  /** Says why a program never began. */
  static final class NotRun extends Exception {
    private static final long serialVersionUID = 1;

    NotRun(String message) {
      super(message);
    }
  }

  /** Begins the program. */
  interface Launch {
    Run launch() throws NotRun;
  }

  /**
   * What it goes by.
   *
   * @param before how long it takes until the program begins
   */
  record Pace(InstantSource clock, ScheduledExecutorService later, Duration before) {}

  private final Words words;
  private final Pace pace;
  private final Instant begun;
  private Optional<Run> run = Optional.empty();
  private Optional<Look> neverRan = Optional.empty();
  private String stopReason = "";

  ProgramCourse(Words words, Pace pace, Launch launch) {
    this.words = words;
    this.pace = pace;
    this.begun = pace.clock().instant();
    Future<?> unused =
        pace.later().schedule(() -> begin(launch), pace.before().toMillis(), TimeUnit.MILLISECONDS);
  }

  private synchronized void begin(Launch launch) {
    if (neverRan.isPresent()) {
      return;
    }
    try {
      run = Optional.of(launch.launch());
    } catch (NotRun why) {
      neverRan = Optional.of(ended(String.valueOf(why.getMessage())));
    }
  }

  private Look ended(String reason) {
    return new Look(
        words.bad(),
        Optional.empty(),
        Optional.of(pace.clock().instant()),
        Optional.empty(),
        reason);
  }

  @Override
  public synchronized Look look() {
    if (run.isPresent()) {
      return look(run.get().look());
    }
    return neverRan.orElseGet(
        () -> new Look(waiting(), Optional.empty(), Optional.empty(), Optional.empty(), ""));
  }

  private Look look(RunState state) {
    if (state.finished().isEmpty()) {
      return new Look(words.running(), state.started(), Optional.empty(), Optional.empty(), "");
    }
    boolean good = state.exit().orElse(1) == 0;
    return new Look(
        good ? words.good() : words.bad(),
        state.started(),
        state.finished(),
        state.exit(),
        stopReason);
  }

  private String waiting() {
    double part =
        (double) Duration.between(begun, pace.clock().instant()).toNanos()
            / pace.before().toNanos();
    int last = words.before().size() - 1;
    return words.before().get((int) Math.min(last, Math.max(0, part * (last + 1))));
  }

  /** Asks politely first. */
  @Override
  public synchronized void stop(String reason) {
    if (look().isOver()) {
      return;
    }
    stopReason = reason;
    if (run.isEmpty()) {
      neverRan = Optional.of(ended(reason));
      return;
    }
    Run running = run.get();
    running.signal(Run.TERMINATE);
    Future<?> unused =
        pace.later()
            .schedule(() -> running.signal(Run.KILL), GRACE.toMillis(), TimeUnit.MILLISECONDS);
  }
}
