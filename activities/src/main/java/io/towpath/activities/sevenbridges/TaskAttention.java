package io.towpath.activities.sevenbridges;

import io.towpath.activities.poll.PollState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Why a person should look at a page of tasks. The text that people see begins with the words, by
 * which the next wait recognises what is known already.
 */
enum TaskAttention {
  NO_ANSWER("cannot be asked"),
  STALLED("make no progress");

  private static final int ERROR_BUDGET = 5;
  private static final Duration ERROR_TIME = Duration.ofMinutes(10);
  private static final Duration STALLED_AFTER = Duration.ofHours(24);

  private final String words;

  TaskAttention(String words) {
    this.words = words;
  }

  String text(String detail) {
    return words + ": " + detail;
  }

  /** Which attention a text stands for. */
  static Optional<TaskAttention> of(Optional<String> text) {
    for (TaskAttention attention : values()) {
      if (text.filter(known -> known.startsWith(attention.words)).isPresent()) {
        return Optional.of(attention);
      }
    }
    return Optional.empty();
  }

  /** After a question without an answer, within an error budget. */
  static Optional<TaskAttention> unanswered(
      Optional<TaskAttention> known, PollState state, Instant now) {
    boolean over = state.errors() >= ERROR_BUDGET || state.erring(now).compareTo(ERROR_TIME) > 0;
    return over ? Optional.of(NO_ANSWER) : known;
  }

  /**
   * After an answer. A new wait knows nothing of how long it lasted before, so what is known stays
   * until a change is seen.
   */
  static Optional<TaskAttention> answered(
      Optional<TaskAttention> known, PollState state, Instant now) {
    boolean stalled = state.unchanged(now).compareTo(STALLED_AFTER) > 0;
    boolean still = !state.progressed() && known.filter(k -> k == STALLED).isPresent();
    return stalled || still ? Optional.of(STALLED) : Optional.empty();
  }
}
