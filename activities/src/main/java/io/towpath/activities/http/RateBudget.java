package io.towpath.activities.http;

import io.towpath.workflows.failure.FailureKind;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The quota of one credential, shared by all activities of a worker: a number of calls in any
 * window, spread evenly after a small burst, and a number at once. A 429 pauses every caller, and
 * so does a platform's own count that has come down to the tenth that is left to people.
 */
public final class RateBudget {
  /** The longest time that a caller is held back. */
  public static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

  /** A window is that much longer than the platform's, as calls arrive sooner or later. */
  private static final double LONGER = 1.02;

  /** One in so many calls of a limit is left to the people who share the credential. */
  private static final int PEOPLE = 10;

  /**
   * What the platform counts itself.
   *
   * @param limit calls in a window
   * @param remaining how many of them are left
   * @param untilReset when the next window begins
   */
  public record Window(long limit, long remaining, Duration untilReset) {}

  /** Time as a budget sees it, so that a test need not wait. */
  interface Time {
    Time REAL =
        new Time() {
          @Override
          public long nanos() {
            return System.nanoTime();
          }

          @Override
          public void sleep(long nanos) throws InterruptedException {
            TimeUnit.NANOSECONDS.sleep(nanos);
          }
        };

    long nanos();

    void sleep(long nanos) throws InterruptedException;
  }

  /** Whose turn a thread has that it has not used yet. */
  private static final ThreadLocal<@Nullable RateBudget> HELD = new ThreadLocal<>();

  private final Time time;
  private final Semaphore atOnce;
  private final long nanosPerCall;
  private final long burstNanos;
  private final long windowNanos;

  /** When the last calls went out, as many as a window has; the next one goes over the oldest. */
  private final long[] sent;

  private int oldest;
  private long nextFree;

  /**
   * @param calls calls per window
   * @param window the platform's window
   * @param concurrent calls at once
   */
  public RateBudget(int calls, Duration window, int concurrent) {
    this(calls, calls, window, concurrent);
  }

  /**
   * @param calls calls per window
   * @param most calls that the platform counts in a window: of more, so many are granted in a
   *     window as much shorter
   * @param window the platform's window
   * @param concurrent calls at once
   */
  public RateBudget(int calls, int most, Duration window, int concurrent) {
    this(calls, most, window, concurrent, Time.REAL);
  }

  RateBudget(int calls, int most, Duration window, int concurrent, Time time) {
    this.time = time;
    this.atOnce = new Semaphore(concurrent, true);
    this.nanosPerCall = window.toNanos() / calls;
    int counted = Math.min(calls, most);
    this.burstNanos = nanosPerCall * Math.max(1, counted / 5);
    this.windowNanos = (long) (nanosPerCall * counted * LONGER);
    this.sent = new long[counted];
    Arrays.fill(sent, time.nanos() - windowNanos);
    this.nextFree = time.nanos() - burstNanos;
  }

  /**
   * Waits for a turn and keeps it for the next call of this thread, which goes out at once then:
   * what is looked at between must still hold. To be ended with {@link #drop}.
   */
  public void hold() {
    take();
    HELD.set(this);
  }

  /** Gives back the turn that was held, unless a call took it. */
  public void drop() {
    if (HELD.get() == this) {
      HELD.remove();
      release();
    }
  }

  /**
   * Waits for a turn; every turn must be given back with {@link #release}. Fails with {@code
   * PLATFORM_UNAVAILABLE} rather than wait longer than {@link #LONGEST_WAIT}: what the caller
   * checked before must still hold when its call goes out.
   */
  public void acquire() {
    if (HELD.get() == this) {
      HELD.remove();
    } else {
      take();
    }
  }

  private void take() {
    try {
      if (!atOnce.tryAcquire(LONGEST_WAIT.toNanos(), TimeUnit.NANOSECONDS)) {
        throw usedUp(LONGEST_WAIT);
      }
    } catch (InterruptedException e) {
      throw interrupted();
    }
    try {
      time.sleep(reserve());
    } catch (InterruptedException e) {
      atOnce.release();
      throw interrupted();
    } catch (PlatformException e) {
      atOnce.release();
      throw e;
    }
  }

  public void release() {
    atOnce.release();
  }

  /** Nobody calls before the pause is over: the platform said that the quota is used up. */
  public synchronized void pause(Duration pause) {
    nextFree = Math.max(nextFree, time.nanos() + pause.toNanos());
  }

  /** Takes the platform's count, which knows of other workers and of people too. */
  public void observe(Window window) {
    if (window.remaining() <= window.limit() / PEOPLE) {
      pause(window.untilReset());
    }
  }

  private synchronized long reserve() {
    long now = time.nanos();
    long paced = Math.max(nextFree, now - burstNanos) + nanosPerCall;
    long allowed = sent[oldest] + windowNanos;
    long turn = allowed > now ? Math.max(paced, allowed) : paced;
    if (turn - now > LONGEST_WAIT.toNanos()) {
      throw usedUp(Duration.ofNanos(turn - now));
    }
    nextFree = turn;
    sent[oldest] = Math.max(turn, now);
    oldest = (oldest + 1) % sent.length;
    return turn - now;
  }

  private static PlatformException usedUp(Duration wait) {
    return new PlatformException(
        FailureKind.PLATFORM_UNAVAILABLE,
        "not sent: the platform's quota is used up for another " + wait.toSeconds() + " s",
        429,
        Optional.of(wait),
        null);
  }

  private static PlatformException interrupted() {
    Thread.currentThread().interrupt();
    return new PlatformException(
        FailureKind.PLATFORM_UNAVAILABLE, "interrupted while waiting for the platform's quota");
  }
}
