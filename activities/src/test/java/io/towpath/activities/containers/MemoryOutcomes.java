package io.towpath.activities.containers;

import io.towpath.activities.submit.Outcomes;
import io.towpath.workflows.ledger.Claim;
import io.towpath.workflows.model.RunKey;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/** Outcomes of one generation that live as long as the test. */
final class MemoryOutcomes implements Outcomes {
  private final Map<String, Map<String, Object>> all = new TreeMap<>();
  private final Set<RunKey> keys = new LinkedHashSet<>();

  /** The ledger has an intent of this key. */
  synchronized void began(RunKey key) {
    keys.add(key);
  }

  @Override
  public OptionalInt newest(String businessKey) {
    return OptionalInt.of(1);
  }

  @Override
  public synchronized List<Begun> begun(String businessKey, int generation) {
    return keys.stream().map(key -> new Begun(key, false)).toList();
  }

  @Override
  public boolean succeeded(String businessKey, int generation) {
    return false;
  }

  @Override
  public synchronized Optional<Map<String, Object>> outcome(
      String businessKey, int generation, String step) {
    return Optional.ofNullable(all.get(step));
  }

  @Override
  public synchronized Map<String, Object> recordOutcome(
      Claim claim, String step, Map<String, Object> outcome) {
    all.putIfAbsent(step, outcome);
    return all.getOrDefault(step, outcome);
  }

  @Override
  public synchronized void note(
      String businessKey, int generation, String step, Map<String, Object> outcome) {
    all.putIfAbsent(step, outcome);
  }
}
