package io.towpath.sandbox.seqera;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;

/** The platform's limit of 20 requests in any second. */
final class RateWindow {
  private static final int MOST = 20;

  private final InstantSource clock;
  private final Duration window;
  private final Deque<Instant> passed = new ArrayDeque<>();

  /**
   * @param speed divides the second
   */
  RateWindow(InstantSource clock, double speed) {
    this.clock = clock;
    this.window = Duration.ofNanos((long) (Duration.ofSeconds(1).toNanos() / speed));
  }

  /** Whether one more call is within the limit; if so, it counts. */
  synchronized boolean admits() {
    Instant now = clock.instant();
    while (!passed.isEmpty() && !passed.peekFirst().isAfter(now.minus(window))) {
      passed.removeFirst();
    }
    if (passed.size() >= MOST) {
      return false;
    }
    passed.addLast(now);
    return true;
  }
}
