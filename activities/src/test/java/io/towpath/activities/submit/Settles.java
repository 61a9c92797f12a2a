package io.towpath.activities.submit;

import java.time.Duration;

/** Settle times for tests. */
public final class Settles {
  private Settles() {}

  /** Waits this long in all, in an attempt that has ten minutes. */
  public static Settle of(Duration total) {
    return new Settle(total, total, () -> {}, () -> Settle.Limits.of(Duration.ofMinutes(10)));
  }
}
