package io.towpath.activities.http;

import io.towpath.workflows.failure.FailureKind;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The quota of one credential, shared by all activities of a worker: a number of calls per window,
 * spread evenly after a small burst, and a number at once. A 429 pauses every caller.
 */
public final class RateBudget {
  private final Semaphore atOnce;
  private final long nanosPerCall;
  private final long burstNanos;
  private long nextFree;

  /**
   * @param calls calls per window
   * @param window the platform's window
   * @param concurrent calls at once
   */
  public RateBudget(int calls, Duration window, int concurrent) {
    this.atOnce = new Semaphore(concurrent, true);
    this.nanosPerCall = window.toNanos() / calls;
    this.burstNanos = nanosPerCall * Math.max(1, calls / 5);
    this.nextFree = System.nanoTime() - burstNanos;
  }

  /** Waits for a turn; every turn must be given back with {@link #release}. */
  public void acquire() {
    try {
      atOnce.acquire();
      long wait = reserve();
      if (wait > 0) {
        TimeUnit.NANOSECONDS.sleep(wait);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PlatformException(
          FailureKind.PLATFORM_UNAVAILABLE, "interrupted while waiting for the platform's quota");
    }
  }

  public void release() {
    atOnce.release();
  }

  /** Nobody calls before the pause is over: the platform said that the quota is used up. */
  public synchronized void pause(Duration pause) {
    nextFree = Math.max(nextFree, System.nanoTime() + pause.toNanos());
  }

  private synchronized long reserve() {
    long now = System.nanoTime();
    nextFree = Math.max(nextFree, now - burstNanos) + nanosPerCall;
    return nextFree - now;
  }
}
