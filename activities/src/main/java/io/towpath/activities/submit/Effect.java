package io.towpath.activities.submit;

import io.towpath.activities.http.RateBudget;
import io.towpath.workflows.ledger.Claim;
import io.towpath.workflows.model.RunKey;
import java.time.Duration;
import java.util.Optional;

/**
 * One effect on a platform: how to find it, how to make it, and what the platform remembers of it.
 *
 * @param <T> what names the thing that was made
 */
public interface Effect<T> {
  /** The claim under which it is made. */
  Claim claim();

  /** The step of the ETL that makes it. */
  String step();

  /** Its operation key, which {@link #send} writes into the platform's object. */
  RunKey key();

  /**
   * Whether the platform would make a second one if it were sent twice. Only then intents and ids
   * are kept in the ledger.
   */
  boolean canDouble();

  /** Looks for it: exact match, all pages, all states. Fails where it cannot tell. */
  Optional<T> find();

  /**
   * Sends it, once. Fails with {@code OUTCOME_UNKNOWN} unless the platform clearly took or clearly
   * refused it, and with {@code CONFLICT} where it says that it exists.
   */
  T send();

  /** The platform's id of what was made or found, for the ledger. */
  String idOf(T made);

  /**
   * For how long the platform is sure to show what was once sent. Zero where it cannot be asked at
   * all: then an unclear send is never repeated by itself, and {@link #find} looks into the ledger.
   */
  Duration horizon();

  /**
   * The quota that {@link #send} needs: it is waited for before anything is noted, so that nothing
   * lies between note and send. Empty where there is none.
   */
  default Optional<RateBudget> quota() {
    return Optional.empty();
  }

  /** How many sends, counted from the first, an operator decided to take for never made. */
  default int writtenOff() {
    return 0;
  }
}
