package io.towpath.workflows.ledger;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the ledger holds of one business key.
 *
 * @param businessKey the key that was looked up
 * @param generation the newest generation; 0 when the key was never claimed
 * @param digest the newest claim's spec digest
 * @param holder who holds it: namespace, workflow id and first run id
 * @param outcome outcome of the newest generation, once it is recorded
 * @param report report of the newest generation, once it is recorded
 * @param entries names of the objects under the key, oldest first
 */
public record LedgerView(
    String businessKey,
    int generation,
    Optional<String> digest,
    Optional<Map<String, Object>> holder,
    Optional<String> outcome,
    Optional<Map<String, Object>> report,
    List<String> entries) {

  public LedgerView {
    entries = entries == null ? List.of() : List.copyOf(entries);
  }
}
