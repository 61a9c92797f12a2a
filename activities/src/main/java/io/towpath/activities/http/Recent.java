package io.towpath.activities.http;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Answers that may be used again for a while. Failures are not kept.
 *
 * @param <V> what was answered
 */
public final class Recent<V> {
  private final Duration fresh;
  private final Map<String, Entry<V>> entries = new ConcurrentHashMap<>();

  private record Entry<V>(V value, long readAt) {}

  public Recent(Duration fresh) {
    this.fresh = fresh;
  }

  public V get(String question, Supplier<V> ask) {
    long now = System.nanoTime();
    entries.values().removeIf(entry -> now - entry.readAt() > fresh.toNanos());
    return entries.computeIfAbsent(question, unused -> new Entry<>(ask.get(), now)).value();
  }

  /** Asks this anew next time. */
  public void forget(String question) {
    entries.remove(question);
  }

  /** Asks everything anew next time. */
  public void forget() {
    entries.clear();
  }
}
