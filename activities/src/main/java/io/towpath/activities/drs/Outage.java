package io.towpath.activities.drs;

import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.failure.FailureKind;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Notices that nothing gets a clear answer. Each send into an outage costs a person a decision, so
 * a page stops after a few and goes on later, at first with fewer.
 */
final class Outage {
  /** As long as the platform's own clients wait when it is under maintenance. */
  private static final Duration PAUSE = Duration.ofMinutes(5);

  private final int most;
  private final AtomicInteger inARow = new AtomicInteger();

  /**
   * @param most unclear answers in a row
   */
  Outage(int most) {
    this.most = most;
  }

  void requireNone() {
    if (inARow.get() >= most) {
      throw new PlatformException(
          FailureKind.PLATFORM_UNAVAILABLE,
          "the platform gives no clear answer to mints; goes on in " + PAUSE.toMinutes() + " min",
          0,
          Optional.of(PAUSE),
          null);
    }
  }

  void unclear() {
    inARow.incrementAndGet();
  }

  void clear() {
    inARow.set(0);
  }
}
