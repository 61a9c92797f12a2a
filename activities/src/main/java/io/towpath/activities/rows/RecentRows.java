package io.towpath.activities.rows;

import java.time.Duration;
import java.util.Optional;

/**
 * What was learned lately, by key. Of very many rows the oldest are forgotten before their time.
 */
public final class RecentRows<T> {
  private final Class<T> type;
  private final int most;
  private final long lifeNanos;
  private Generation<T> older;
  private Generation<T> newer;

  /** Rows, and when each was learned. */
  private record Generation<T>(PackedRows<T> rows, Fingerprints learnedAt) {
    static <T> Generation<T> begin(Class<T> type) {
      return new Generation<>(new PackedRows<>(type), new Fingerprints());
    }

    Optional<T> get(String key, long lifeNanos) {
      return rows.get(key)
          .filter(row -> System.nanoTime() - learnedAt.get(key).orElse(0) < lifeNanos);
    }
  }

  /**
   * @param type what Jackson writes and reads
   * @param most up to two times as many are kept
   * @param life how long a row is worth something
   */
  public RecentRows(Class<T> type, int most, Duration life) {
    this.type = type;
    this.most = most;
    this.lifeNanos = life.toNanos();
    this.older = Generation.begin(type);
    this.newer = Generation.begin(type);
  }

  /** The row of a key, while it is worth something. */
  public synchronized Optional<T> get(String key) {
    return newer.get(key, lifeNanos).or(() -> older.get(key, lifeNanos));
  }

  public synchronized void put(String key, T row) {
    newer.rows().put(key, row);
    newer.learnedAt().put(key, System.nanoTime());
    if (newer.rows().size() >= most) {
      older = newer;
      newer = Generation.begin(type);
    }
  }
}
