package io.towpath.activities.submit;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The sends that this process saw clearly refused, such as by a throttle: repeating them needs no
 * settle time. Only spares waiting; what is forgotten counts as unclear.
 */
final class RefusedIntents {
  private static final int MOST = 10_000;

  private final Set<Sent> sends =
      Collections.synchronizedSet(
          Collections.newSetFromMap(
              new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<Sent, Boolean> eldest) {
                  return size() > MOST;
                }
              }));

  private record Sent(String businessKey, int generation, String key, int number) {}

  void add(Effect<?> effect, int number) {
    if (number > 0) {
      sends.add(sent(effect, number));
    }
  }

  boolean contains(Effect<?> effect, int number) {
    return sends.contains(sent(effect, number));
  }

  private static Sent sent(Effect<?> effect, int number) {
    return new Sent(
        effect.claim().businessKey(), effect.claim().generation(), effect.key().value(), number);
  }
}
