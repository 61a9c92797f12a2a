package io.towpath.activities.submit;

import io.towpath.workflows.ledger.Claim;
import io.towpath.workflows.model.RunKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** What a generation of a business key began, and what its steps came to. */
public interface Outcomes {
  /** The newest generation; empty where nothing was ever claimed under the key. */
  OptionalInt newest(String businessKey);

  /** All sends that were noted in a generation, one of each key, whatever came of them. */
  List<Begun> begun(String businessKey, int generation);

  /**
   * A send that was noted.
   *
   * @param made whether its external id was recorded; else it may be under way still
   */
  record Begun(RunKey key, boolean made) {}

  /** Whether a generation came to a good end. */
  boolean succeeded(String businessKey, int generation);

  Optional<Map<String, Object>> outcome(String businessKey, int generation, String step);

  /**
   * Writes it unless there is one; returns what lies there then. Fails with {@code CLAIM_LOST}
   * where the claim is another's.
   */
  Map<String, Object> recordOutcome(Claim claim, String step, Map<String, Object> outcome);

  /** Writes it unless there is one, whoever holds the claim. */
  void note(String businessKey, int generation, String step, Map<String, Object> outcome);
}
