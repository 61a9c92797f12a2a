package io.towpath.activities.submit;

import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.failure.FailureKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Makes an effect exactly once on a platform that has no idempotency key: look, remember that a
 * send begins, send once, judge the answer, and look again for a while before sending anew.
 *
 * <p>Its limit: what a platform commits later than the settle time may be made twice; callers find
 * such doubles by the key that the object carries.
 */
public final class SubmitOnce {
  private static final int SENDS_PER_ATTEMPT = 2;

  private final SubmitLedger ledger;
  private final Settle settle;
  private final RefusedIntents refused = new RefusedIntents();

  public SubmitOnce(SubmitLedger ledger, Settle settle) {
    this.ledger = ledger;
    this.settle = settle;
  }

  /**
   * Returns what carries the effect's key, making it only if it is sure that there is none. Safe to
   * repeat. Fails with {@code RUN_STUCK} when the platform cannot tell any more, with {@code
   * OUTCOME_UNKNOWN} when there was no clear answer in this attempt's time, and as {@link
   * Effect#send} does when the platform refuses.
   */
  public <T> T submit(Effect<T> effect) {
    Deadline deadline = settle.begin();
    Optional<T> found = effect.find();
    if (found.isEmpty() && mayHaveBeenSent(effect)) {
      found = settle.lookAgain(effect::find);
    }
    for (int sends = 0; found.isEmpty() && sends < SENDS_PER_ATTEMPT; sends++) {
      found = send(effect, deadline);
    }
    T made =
        found.orElseThrow(
            () ->
                new PlatformException(
                    FailureKind.OUTCOME_UNKNOWN,
                    what(effect) + " was sent without a clear answer and is not to be found yet"));
    if (effect.canDouble()) {
      ledger.recordId(effect.claim(), effect.step(), effect.key(), effect.idOf(made));
    }
    return made;
  }

  /** Sends once; empty when the answer was unclear and the settle time did not show it. */
  private <T> Optional<T> send(Effect<T> effect, Deadline deadline) {
    int intent = fence(effect, deadline);
    try {
      return Optional.of(effect.send());
    } catch (PlatformException e) {
      switch (e.kind()) {
        case OUTCOME_UNKNOWN -> {
          return settle.lookAgain(effect::find);
        }
        case CONFLICT -> {
          return Optional.of(effect.find().orElseThrow(() -> e));
        }
        default -> {
          refused.add(effect, intent);
          throw e;
        }
      }
    }
  }

  /**
   * The claim is checked before the intent, so that a lost one leaves no trace, and after it: a new
   * holder either was there for us to see, or sees our intent.
   */
  private int fence(Effect<?> effect, Deadline deadline) {
    ledger.requireHeld(effect.claim());
    deadline.requireTimeLeft(what(effect));
    if (!effect.canDouble()) {
      return 0;
    }
    int number = ledger.writeIntent(effect.claim(), effect.step(), effect.key()).number();
    ledger.requireHeld(effect.claim());
    deadline.requireTimeLeft(what(effect));
    return number;
  }

  /** Whether an earlier attempt died between its intent and its outcome. */
  private boolean mayHaveBeenSent(Effect<?> effect) {
    if (!effect.canDouble()) {
      return false;
    }
    if (ledger.idRecorded(effect.claim(), effect.step(), effect.key())) {
      throw stuck(effect, "was made and is not to be found any more");
    }
    List<SubmitLedger.Intent> intents =
        ledger.intents(effect.claim(), effect.step(), effect.key()).stream()
            .filter(intent -> !refused.contains(effect, intent.number()))
            .toList();
    if (!intents.isEmpty()
        && Duration.between(intents.get(0).writtenAt(), Instant.now()).compareTo(effect.horizon())
            > 0) {
      throw stuck(
          effect,
          "may have been sent at "
              + intents.get(0).writtenAt()
              + ", longer ago than the platform remembers");
    }
    return !intents.isEmpty();
  }

  private static PlatformException stuck(Effect<?> effect, String why) {
    return new PlatformException(
        FailureKind.RUN_STUCK,
        what(effect)
            + " "
            + why
            + "; it is not sent again by itself: adopt what stands for it, retry, or skip");
  }

  private static String what(Effect<?> effect) {
    return "step " + effect.step() + " (key " + effect.key() + ")";
  }
}
