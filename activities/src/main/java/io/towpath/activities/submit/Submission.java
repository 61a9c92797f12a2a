package io.towpath.activities.submit;

import io.towpath.activities.http.PlatformException;
import io.towpath.activities.http.RateBudget;
import io.towpath.workflows.failure.FailureKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One attempt at one effect. */
final class Submission<T> {
  private static final int SENDS = 2;

  private final Effect<T> effect;
  private final SubmitLedger ledger;
  private final Settle settle;
  private final RefusedIntents refused;
  private final Deadline deadline;
  private int lastIntent;

  Submission(Effect<T> effect, SubmitLedger ledger, Settle settle, RefusedIntents refused) {
    this.effect = effect;
    this.ledger = ledger;
    this.settle = settle;
    this.refused = refused;
    this.deadline = settle.begin();
  }

  T make() {
    Optional<T> found = effect.find();
    if (found.isEmpty() && isRecorded()) {
      found = Optional.of(recordedMeanwhile());
    }
    if (found.isEmpty() && mayHaveBeenSent()) {
      found = settle.lookAgain(effect::find);
      if (found.isEmpty() && isBlind()) {
        throw stuck("may have been sent, and the platform cannot be asked for it");
      }
    }
    for (int sends = 0; found.isEmpty() && sends < SENDS; sends++) {
      found = send();
    }
    return found.orElseThrow(() -> unknown("was sent and is not to be found yet"));
  }

  /** Sends once; empty when the answer was unclear and the settle time did not show it. */
  private Optional<T> send() {
    effect.quota().ifPresent(RateBudget::hold);
    try {
      fence();
      return sent();
    } finally {
      effect.quota().ifPresent(RateBudget::drop);
    }
  }

  private Optional<T> sent() {
    try {
      return Optional.of(effect.send());
    } catch (PlatformException e) {
      return switch (e.kind()) {
        case OUTCOME_UNKNOWN -> lookAfter(e);
        case CONFLICT -> Optional.of(effect.find().orElseThrow(() -> e));
        default -> {
          noteRefusal();
          throw e;
        }
      };
    }
  }

  private Optional<T> lookAfter(PlatformException unclear) {
    if (isBlind()) {
      throw stuck("got no clear answer (" + unclear.getMessage() + ") and cannot be looked up");
    }
    return settle.lookAgain(effect::find);
  }

  /** Whether it was refused here or there: it was not made. */
  private void noteRefusal() {
    refused.add(effect, lastIntent);
    if (isBlind()) {
      ledger.noteRefusal(effect.claim(), effect.step(), effect.key(), lastIntent);
    }
  }

  private boolean isBlind() {
    return effect.horizon().isZero();
  }

  /**
   * The claim is checked before the intent, so that a lost one leaves no trace, and after it: a new
   * holder either was there for us to see, or sees our intent. Whoever sees it waits for what we
   * send, so it is sent before another attempt can have begun, or not at all: a process may stand
   * still here, and wake up when the other one has sent.
   */
  private void fence() {
    if (!effect.canDouble()) {
      ledger.requireHeldLately(effect.claim());
      deadline.requireTimeLeft(what());
    } else {
      ledger.requireHeld(effect.claim());
      deadline.requireTimeLeft(what());
      Deadline announced = settle.announce();
      noteIntent();
      try {
        ledger.requireHeld(effect.claim());
        deadline.requireTimeLeft(what());
        announced.requireTimeLeft(what());
      } catch (PlatformException e) {
        noteRefusal();
        throw e;
      }
    }
  }

  /** Only the attempt that writes the number after the last one that it saw may send. */
  private void noteIntent() {
    int next = lastIntent + 1;
    if (!ledger.writeIntent(effect.claim(), effect.step(), effect.key(), next)) {
      ledger.requireHeld(effect.claim());
      throw unknown("was noted by another attempt meanwhile");
    }
    lastIntent = next;
  }

  private boolean isRecorded() {
    return effect.canDouble() && ledger.idRecorded(effect.claim(), effect.step(), effect.key());
  }

  /** Another may have made and recorded it since it was looked for. */
  private T recordedMeanwhile() {
    return effect.find().orElseThrow(() -> stuck("was made and is not to be found any more"));
  }

  /** Whether an earlier attempt died between its intent and its outcome. */
  private boolean mayHaveBeenSent() {
    if (!effect.canDouble()) {
      return false;
    }
    List<SubmitLedger.Intent> intents = ledger.intents(effect.claim(), effect.step(), effect.key());
    lastIntent = intents.isEmpty() ? 0 : intents.get(intents.size() - 1).number();
    List<SubmitLedger.Intent> orphaned = intents.stream().filter(this::isUnclear).toList();
    if (orphaned.isEmpty()) {
      return false;
    }
    Instant first = orphaned.get(0).writtenAt();
    if (Duration.between(first, Instant.now()).compareTo(memory()) > 0) {
      throw stuck("may have been sent at " + first + ", longer ago than the platform remembers");
    }
    return true;
  }

  private boolean isUnclear(SubmitLedger.Intent intent) {
    return intent.number() > effect.writtenOff()
        && !refused.contains(effect, intent.number())
        && !(isBlind()
            && ledger.isRefused(effect.claim(), effect.step(), effect.key(), intent.number()));
  }

  /** Of what cannot be looked up, another run may note the id that it was just given. */
  private Duration memory() {
    return isBlind() ? settle.total() : effect.horizon();
  }

  private PlatformException unknown(String why) {
    return new PlatformException(
        FailureKind.OUTCOME_UNKNOWN, what() + " " + why + "; the next attempt looks first");
  }

  private PlatformException stuck(String why) {
    return new PlatformException(
        FailureKind.RUN_STUCK,
        what()
            + " "
            + why
            + "; it is not sent again by itself: adopt what stands for it, retry, or skip");
  }

  private String what() {
    return "step " + effect.step() + " (key " + effect.key() + ")";
  }
}
