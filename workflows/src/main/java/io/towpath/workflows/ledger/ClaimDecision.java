package io.towpath.workflows.ledger;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the ledger says to a {@link ClaimRequest}.
 *
 * @param verdict what the asking run has to do
 * @param claim the claim, with {@link Verdict#CLAIMED}
 * @param previousGeneration the generation before the claim's, whose operations must be looked up
 *     and stopped first, also after a take-over: the opener may have died before it did so; empty
 *     in generation 1
 * @param firstReport the recorded report, with {@link Verdict#DONE}
 * @param reason why not, in words for the submitter, with {@link Verdict#CONFLICT}
 * @param differences field by field, with {@link Verdict#CONFLICT} over another digest
 */
public record ClaimDecision(
    Verdict verdict,
    Optional<Claim> claim,
    Optional<Integer> previousGeneration,
    Optional<Map<String, Object>> firstReport,
    String reason,
    List<Difference> differences) {

  /** What the asking run has to do. */
  public enum Verdict {
    /** The work is this run's. */
    CLAIMED,
    /** The work is done, with this digest; the recorded report answers the request. */
    DONE,
    /** The key belongs to other work or to a holder elsewhere. */
    CONFLICT,
    /** Nobody has asked for this key yet; only {@link LedgerActivities#read} answers so. */
    FREE
  }

  /**
   * One field that differs between two requests under one key.
   *
   * @param path field path in the resolved request
   * @param recorded what the ledger has, as JSON text; empty where it has none
   * @param asked what was asked for, as JSON text; empty where nothing was
   */
  public record Difference(String path, String recorded, String asked) {}

  public ClaimDecision {
    differences = differences == null ? List.of() : List.copyOf(differences);
  }
}
