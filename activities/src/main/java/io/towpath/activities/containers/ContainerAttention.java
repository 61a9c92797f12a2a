package io.towpath.activities.containers;

import io.towpath.activities.poll.PollState;
import io.towpath.workflows.containers.RunContainer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Why a person should look at a container. The text that people see begins with the words, by which
 * the next wait recognises what is known already.
 */
enum ContainerAttention {
  NO_ANSWER("cannot be asked"),
  WAITING("has not started");

  private static final int ERROR_BUDGET = 5;
  private static final Duration ERROR_TIME = Duration.ofMinutes(10);

  private final String words;

  ContainerAttention(String words) {
    this.words = words;
  }

  String text(String detail) {
    return words + ": " + detail;
  }

  /** Which attention a text stands for. */
  static Optional<ContainerAttention> of(Optional<String> text) {
    for (ContainerAttention attention : values()) {
      if (text.filter(known -> known.startsWith(attention.words)).isPresent()) {
        return Optional.of(attention);
      }
    }
    return Optional.empty();
  }

  /** Whether the error budget of a wait is used up. */
  static boolean overBudget(PollState state, Instant now) {
    return state.errors() >= ERROR_BUDGET || state.erring(now).compareTo(ERROR_TIME) > 0;
  }

  /** After a question without an answer. */
  static Optional<ContainerAttention> unanswered(
      RunContainer request, PollState state, Instant now) {
    return overBudget(state, now) ? Optional.of(NO_ANSWER) : of(request.known());
  }

  /** After an answer: how long it waits to start, also when this wait began later. */
  static Optional<ContainerAttention> answered(
      RunContainer request, PollState state, ContainerState seen, Instant now) {
    boolean waits =
        seen.phase() == ContainerState.Phase.WAITING || seen.phase() == ContainerState.Phase.MADE;
    Duration stated = seen.created().map(at -> Duration.between(at, now)).orElse(Duration.ZERO);
    Duration waited = stated.compareTo(state.age(now)) > 0 ? stated : state.age(now);
    boolean known = of(request.known()).filter(k -> k == WAITING).isPresent();
    return waits && (known || waited.compareTo(request.stuckAfter()) > 0)
        ? Optional.of(WAITING)
        : Optional.empty();
  }
}
