package io.towpath.sandbox.control;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts every call by platform, route and status since the last reset. */
public final class Counters {
  /**
   * One line of the count.
   *
   * @param status as answered; 0 when the connection was closed without an answer
   */
  public record Count(String platform, String route, int status, long count) {}

  private record Key(String platform, String route, int status) {}

  private final Map<Key, Long> counts =
      new TreeMap<>(
          Comparator.comparing(Key::platform).thenComparing(Key::route).thenComparing(Key::status));

  public synchronized void add(String platform, String route, int status) {
    counts.merge(new Key(platform, route, status), 1L, Long::sum);
  }

  public synchronized List<Count> list() {
    return counts.entrySet().stream()
        .map(
            entry ->
                new Count(
                    entry.getKey().platform(),
                    entry.getKey().route(),
                    entry.getKey().status(),
                    entry.getValue()))
        .toList();
  }

  public synchronized void clear() {
    counts.clear();
  }
}
