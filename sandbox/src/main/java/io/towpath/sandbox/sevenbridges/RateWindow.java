package io.towpath.sandbox.sevenbridges;

import io.towpath.sandbox.http.Reply;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** 1,000 requests in a window of 5 minutes that begins with its first request. */
final class RateWindow {
  static final int MOST = 1000;
  private static final Duration WINDOW = Duration.ofMinutes(5);

  private final InstantSource clock;
  private final Duration window;
  private final boolean enforced;
  private Instant ends = Instant.EPOCH;
  private int used;

  RateWindow(SevenBridgesSettings settings) {
    this.clock = settings.clock();
    this.window = Duration.ofNanos((long) (WINDOW.toNanos() / settings.quotaSpeed()));
    this.enforced = settings.limits();
  }

  /** Whether one more request is within the limit; if so, it counts. */
  synchronized boolean admits() {
    if (!enforced) {
      return true;
    }
    refresh();
    if (used >= MOST) {
      return false;
    }
    used++;
    return true;
  }

  synchronized int remaining() {
    refresh();
    return MOST - used;
  }

  /** When the window ends, in seconds of the epoch, rounded up. */
  synchronized long reset() {
    refresh();
    return ends.plusNanos(999_999_999).getEpochSecond();
  }

  synchronized Reply on(Reply reply) {
    return reply
        .with("X-RateLimit-Limit", String.valueOf(MOST))
        .with("X-RateLimit-Remaining", String.valueOf(remaining()))
        .with("X-RateLimit-Reset", String.valueOf(reset()));
  }

  private void refresh() {
    Instant now = clock.instant();
    if (!now.isBefore(ends)) {
      ends = now.plus(window);
      used = 0;
    }
  }
}
