package io.towpath.activities.submit;

import io.towpath.workflows.ledger.Claim;
import io.towpath.workflows.model.RunKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What {@link SubmitOnce} needs of the ledger: a fence, and a memory of what may have been sent.
 */
public interface SubmitLedger {
  /**
   * A note that a send was about to begin.
   *
   * @param number from 1, one per send
   * @param writtenAt the store's own time of the note
   */
  record Intent(int number, Instant writtenAt) {}

  /** Fails with {@code CLAIM_LOST} unless holder and generation are still the claim's. */
  void requireHeld(Claim claim);

  /**
   * The same for an effect that cannot double: a second worker's would be found and adopted, so
   * what was seen within the last second still counts, and a page of files costs no look per file.
   */
  default void requireHeldLately(Claim claim) {
    requireHeld(claim);
  }

  /** Intents of this key under this step, oldest first. */
  List<Intent> intents(Claim claim, String step, RunKey key);

  /** Writes the intent of this number; false when another attempt wrote it. */
  boolean writeIntent(Claim claim, String step, RunKey key, int number);

  /**
   * Whether the external id of this key was recorded once: it existed, whatever a look shows now.
   */
  boolean idRecorded(Claim claim, String step, RunKey key);

  /** The external id of this key, once it was recorded. */
  Optional<String> recordedId(Claim claim, String step, RunKey key);

  /** Records the external id of this key; a repeated record changes nothing. */
  void recordId(Claim claim, String step, RunKey key, String externalId);

  /**
   * Notes that the platform clearly refused this send, so that nobody ever takes it for unclear.
   * Kept for effects that cannot be looked up; others look.
   */
  default void noteRefusal(Claim claim, String step, RunKey key, int number) {}

  /** Whether this send was noted as refused. */
  default boolean isRefused(Claim claim, String step, RunKey key, int number) {
    return false;
  }
}
