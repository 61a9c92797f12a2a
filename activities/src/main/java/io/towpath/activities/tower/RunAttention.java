package io.towpath.activities.tower;

import io.towpath.activities.poll.PollState;
import io.towpath.workflows.tower.AwaitRun;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Why a person should look at a run. The text that people see begins with the words, by which the
 * next wait recognises what is known already.
 */
enum RunAttention {
  NO_ANSWER("cannot be asked"),
  VANISHED("vanished"),
  SILENT("gives no sign of life"),
  WAITING("has not begun"),
  STALLED("makes no progress");

  private static final int ERROR_BUDGET = 5;
  private static final Duration ERROR_TIME = Duration.ofMinutes(10);

  private final String words;

  RunAttention(String words) {
    this.words = words;
  }

  String text(String detail) {
    return words + ": " + detail;
  }

  /** Which attention a text stands for. */
  static Optional<RunAttention> of(Optional<String> text) {
    for (RunAttention attention : values()) {
      if (text.filter(known -> known.startsWith(attention.words)).isPresent()) {
        return Optional.of(attention);
      }
    }
    return Optional.empty();
  }

  /** After a question without an answer, within an error budget. */
  static Optional<RunAttention> unanswered(
      AwaitRun request, PollState state, boolean vanished, Instant now) {
    Optional<RunAttention> known = of(request.known().attention());
    if (!overBudget(state, now) || known.filter(k -> k == NO_ANSWER || k == VANISHED).isPresent()) {
      return known;
    }
    return Optional.of(vanished ? VANISHED : NO_ANSWER);
  }

  /** Whether the platform gave no answer too often, or for too long. */
  static boolean overBudget(PollState state, Instant now) {
    return state.errors() >= ERROR_BUDGET || state.erring(now).compareTo(ERROR_TIME) > 0;
  }

  /**
   * After an answer. A new wait knows nothing of how long it lasted before, so what is known stays
   * until a change is seen.
   */
  static Optional<RunAttention> answered(
      AwaitRun request, PollState state, RunRow row, Instant now) {
    Optional<RunAttention> known = of(request.known().attention());
    return switch (row.status()) {
      case SUBMITTED ->
          when(WAITING, longer(submittedFor(row, state, now), request.stuckSubmitted()), known);
      case UNKNOWN -> when(SILENT, longer(state.inStatus(now), request.unknownGrace()), known);
      case RUNNING ->
          when(
              STALLED,
              longer(state.unchanged(now), request.stuckRunning()),
              state.progressed() ? Optional.empty() : known);
      case SUCCEEDED, FAILED, CANCELLED -> Optional.empty();
    };
  }

  /** What to say about a run in this state, and what can be done. */
  static String detail(RunAttention attention, AwaitRun request, String platformWords) {
    String name = request.run().runName();
    return switch (attention) {
      case NO_ANSWER -> platformWords;
      case VANISHED ->
          "the platform does not know run " + name + " any more; adopt another run, retry, or skip";
      case SILENT ->
          "run " + name + " sends no heartbeat for longer than " + request.unknownGrace();
      case WAITING -> "run " + name + " is SUBMITTED for longer than " + request.stuckSubmitted();
      case STALLED ->
          "no task of run " + name + " changed for longer than " + request.stuckRunning();
    };
  }

  /** How long a run waits to begin, also when this wait began later. */
  private static Duration submittedFor(RunRow row, PollState state, Instant now) {
    Duration seen = state.inStatus(now);
    Duration stated =
        row.submit().map(submit -> Duration.between(submit, now)).orElse(Duration.ZERO);
    return stated.compareTo(seen) > 0 ? stated : seen;
  }

  private static boolean longer(Duration time, Duration limit) {
    return time.compareTo(limit) > 0;
  }

  private static Optional<RunAttention> when(
      RunAttention attention, boolean holds, Optional<RunAttention> known) {
    return holds || known.filter(k -> k == attention).isPresent()
        ? Optional.of(attention)
        : Optional.empty();
  }
}
