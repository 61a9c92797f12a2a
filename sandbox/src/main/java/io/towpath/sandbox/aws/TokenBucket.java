package io.towpath.sandbox.aws;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Lets a burst of calls through, and then so many a second. */
final class TokenBucket {
  private final int burst;
  private final int perSecond;
  private final InstantSource clock;
  private double left;
  private Instant filled;

  TokenBucket(int burst, int perSecond, InstantSource clock) {
    this.burst = burst;
    this.perSecond = perSecond;
    this.clock = clock;
    this.left = burst;
    this.filled = clock.instant();
  }

  synchronized boolean take() {
    Instant now = clock.instant();
    double grown = Duration.between(filled, now).toNanos() / 1e9 * perSecond;
    left = Math.min(burst, left + grown);
    filled = now;
    if (left < 1) {
      return false;
    }
    left--;
    return true;
  }
}
