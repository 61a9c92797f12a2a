package io.towpath.workflows.ledger;

import io.towpath.workflows.model.RunKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
  private static final Pattern INTENT =
      Pattern.compile("(?:^|/)g(\\d{1,6})/.*\\.([a-z2-7]{13})\\.intent-\\d+$");

  public LedgerView {
    entries = entries == null ? List.of() : List.copyOf(entries);
  }

  /**
   * Operation keys that generations up to this one may have sent, from the names of their intents.
   */
  public List<RunKey> keysSentUpTo(int lastGeneration) {
    TreeSet<String> keys = new TreeSet<>();
    for (String entry : entries) {
      Matcher intent = INTENT.matcher(entry);
      if (intent.find() && Integer.parseInt(intent.group(1)) <= lastGeneration) {
        keys.add(intent.group(2));
      }
    }
    return keys.stream().map(RunKey::new).toList();
  }
}
