package io.towpath.workflows.ledger;

import io.temporal.activity.ActivityInterface;
import java.util.Map;
import java.util.Optional;

/**
 * The create-only ledger in S3. Everything in it was written once with {@code If-None-Match: *}, so
 * that no race can lose an entry and every method here is safe to repeat.
 */
@ActivityInterface(namePrefix = "Ledger")
public interface LedgerActivities {
  /** What {@link #claim} would decide now; writes nothing. */
  ClaimDecision read(ClaimRequest request);

  /**
   * Claims the key, opens its next generation, or takes over from a holder that is closed.
   * Repeating it by the same first run id returns the same claim.
   */
  ClaimDecision claim(ClaimRequest request);

  /** Everything under a key, for {@code status}, {@code report} and the CLI. */
  LedgerView look(String businessKey);

  /**
   * Records how one step of the claim's generation ended, once; a second record is ignored and the
   * first returned.
   */
  Map<String, Object> recordOutcome(Claim claim, String step, Map<String, Object> outcome);

  /** The recorded outcome of a step in a generation, also of an earlier one. */
  Optional<Map<String, Object>> outcome(String businessKey, int generation, String step);

  /** What the newest generation that recorded an outcome of this step recorded. */
  Optional<Map<String, Object>> newestOutcome(String businessKey, String step);

  /** Records the generation's result, once; a second record is ignored and the first returned. */
  Map<String, Object> recordResult(Claim claim, Map<String, Object> report);

  /**
   * Notes as {@code <key>/refused} that a scan did not start the key, once, so that it is reported
   * once. Claims and generations know nothing of it.
   *
   * @return whether the entry is this scan's own, also when a lost answer was repeated
   */
  boolean refuse(String businessKey, Refusal refusal);
}
