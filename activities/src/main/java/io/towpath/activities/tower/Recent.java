package io.towpath.activities.tower;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Answers that may be used again for a while. Failures are not kept.
 *
 * @param <V> what the platform answered
 */
final class Recent<V> {
  private final Duration fresh;
  private final Map<String, Entry<V>> entries = new ConcurrentHashMap<>();

  private record Entry<V>(V value, long readAt) {}

  Recent(Duration fresh) {
    this.fresh = fresh;
  }

  V get(String question, Supplier<V> ask) {
    long now = System.nanoTime();
    entries.values().removeIf(entry -> now - entry.readAt() > fresh.toNanos());
    return entries.computeIfAbsent(question, unused -> new Entry<>(ask.get(), now)).value();
  }

  void forget() {
    entries.clear();
  }
}
