package io.towpath.activities.submit;

import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.failure.FailureKind;
import java.time.Duration;

/**
 * When it is too late to send, so that a worker that slept does not wake up and send. Both clocks
 * count: the monotonic one stands still while the machine is suspended, the other one may be set.
 */
final class Deadline {
  private final Duration limit;
  private final long beganNanos = System.nanoTime();
  private final long beganMillis = System.currentTimeMillis();

  Deadline(Duration limit) {
    this.limit = limit;
  }

  boolean passed() {
    return System.nanoTime() - beganNanos >= limit.toNanos()
        || System.currentTimeMillis() - beganMillis >= limit.toMillis();
  }

  void requireTimeLeft(String what) {
    if (passed()) {
      throw new PlatformException(
          FailureKind.OUTCOME_UNKNOWN,
          what + " was not sent within " + limit + "; the next attempt looks first");
    }
  }
}
