package io.towpath.activities.submit;

/**
 * Makes an effect exactly once on a platform that has no idempotency key: look, remember that a
 * send begins, send once, judge the answer, and look again for a while before sending anew.
 *
 * <p>Its limit: what a platform commits later than the settle time may be made twice; callers find
 * such doubles by the key that the object carries.
 */
public final class SubmitOnce {
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
    T made = new Submission<>(effect, ledger, settle, refused).make();
    if (effect.canDouble()) {
      ledger.recordId(effect.claim(), effect.step(), effect.key(), effect.idOf(made));
    }
    return made;
  }
}
