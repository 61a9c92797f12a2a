package io.towpath.worker.telemetry;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityInfo;
import io.towpath.activities.poll.PollMemory;
import io.towpath.activities.poll.PollState;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The runs on platforms that this worker asks about: {@code towpath_external_run_age_seconds}, that
 * of the oldest by platform and state, and {@code towpath_poll_errors_consecutive}. It reads along
 * where the waits keep their state; a run that another worker asks about now is forgotten.
 */
public final class WaitingRuns implements PollMemory {
  /** Longer than two questions lie apart, unless the platform asks for a longer pause. */
  private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(12);

  /** How late a question may be, after a long pause. */
  private static final Duration LATE = Duration.ofMinutes(1);

  private static final int MOST_SHOWN = 60;

  private final PollMemory memory;
  private final MeterRegistry meters;
  private final InstantSource clock;
  private final Map<Wait, Asked> runs = new ConcurrentHashMap<>();
  private final Set<String> shown = ConcurrentHashMap.newKeySet();

  /** The activity that waits, through all its attempts. */
  record Wait(String platform, String activity) {
    static Wait of(ActivityInfo info) {
      return new Wait(
          Platforms.of(info),
          info.getWorkflowId() + "/" + info.getWorkflowRunId() + "/" + info.getActivityId());
    }
  }

  private record Asked(String state, PollState poll, Instant until) {
    Asked atLeast(Instant longer) {
      return longer.isAfter(until) ? new Asked(state, poll, longer) : this;
    }
  }

  /**
   * @param memory where the state is kept
   */
  public WaitingRuns(PollMemory memory, MeterRegistry meters) {
    this(memory, meters, InstantSource.system());
  }

  WaitingRuns(PollMemory memory, MeterRegistry meters, InstantSource clock) {
    this.memory = memory;
    this.meters = meters;
    this.clock = clock;
  }

  @Override
  public Optional<PollState> recall() {
    return memory.recall();
  }

  @Override
  public void keep(PollState state) {
    note(Wait.of(Activity.getExecutionContext().getInfo()), state);
    memory.keep(state);
  }

  /** The wait is over, whatever came of it. */
  void over(Wait wait) {
    runs.remove(wait);
  }

  void note(Wait wait, PollState poll) {
    String state = poll.status().isEmpty() ? "unknown" : poll.status();
    runs.put(wait, new Asked(state, poll, clock.instant().plus(FORGOTTEN_AFTER)));
    show(wait.platform(), state);
  }

  /**
   * The question is asked again.
   *
   * @param pause how long nobody asks; null where the worker says nothing of it
   */
  void asksAgain(Wait wait, @Nullable Duration pause) {
    if (pause != null) {
      Instant longest = clock.instant().plus(pause).plus(LATE);
      runs.computeIfPresent(wait, (known, asked) -> asked.atLeast(longest));
    }
  }

  private void show(String platform, String state) {
    if (shown.size() < MOST_SHOWN && shown.add(platform + "/" + state)) {
      Gauge.builder(
              "towpath.external.run.age",
              this,
              all -> all.most(platform, run -> run.state().equals(state), this::age))
          .tag("platform", platform)
          .tag("state", state)
          .baseUnit("seconds")
          .register(meters);
    }
    if (shown.add(platform)) {
      Gauge.builder(
              "towpath.poll.errors.consecutive",
              this,
              all -> all.most(platform, run -> true, run -> run.poll().errors()))
          .tag("platform", platform)
          .register(meters);
    }
  }

  private double age(Asked run) {
    return (double) run.poll().age(clock.instant()).toSeconds();
  }

  private double most(String platform, Predicate<Asked> which, ToDoubleFunction<Asked> number) {
    Instant now = clock.instant();
    runs.values().removeIf(run -> run.until().isBefore(now));
    return runs.entrySet().stream()
        .filter(run -> run.getKey().platform().equals(platform))
        .map(Map.Entry::getValue)
        .filter(which)
        .mapToDouble(number)
        .max()
        .orElse(0);
  }
}
