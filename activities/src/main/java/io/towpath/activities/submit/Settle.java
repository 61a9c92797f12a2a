package io.towpath.activities.submit;

import io.temporal.activity.Activity;
import io.temporal.activity.ActivityInfo;
import io.towpath.activities.http.ApiClient;
import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.failure.FailureKind;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * How long an unclear outcome is looked up again ({@code TOWPATH_SETTLE}). The attempt that looks
 * waits itself: a retry delay would not do, because a restarted server forgets it. Time is counted
 * on this machine's monotonic clock, and no clocks are compared.
 */
public final class Settle {
  private static final long SLICE_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final double[] LOOKS = {1.0 / 6, 1.0 / 3, 2.0 / 3, 1};

  private final Duration total;
  private final Duration callTimeout;
  private final Runnable heartbeat;
  private final Supplier<Limits> limits;

  /**
   * What an attempt is granted.
   *
   * @param time how long it may go on to send
   * @param silence how long it may be silent before another one is begun; its time where it need
   *     not tell of itself
   */
  public record Limits(Duration time, Duration silence) {
    /** Those of an attempt that need not tell of itself. */
    public static Limits of(Duration time) {
      return new Limits(time, time);
    }

    /**
     * The SDK holds heartbeats back for four fifths of the silence, so that the next attempt may
     * begin when a fifth of it is over.
     */
    Duration unnoticed() {
      return silence.dividedBy(5);
    }
  }

  /**
   * @param total the settle time
   * @param callTimeout how long a call that changes something may be under way
   * @param heartbeat told about once a second that the attempt lives; may throw to end the wait
   * @param limits those of the current attempt, asked when it begins
   */
  public Settle(Duration total, Duration callTimeout, Runnable heartbeat, Supplier<Limits> limits) {
    this.total = total;
    this.callTimeout = callTimeout;
    this.heartbeat = heartbeat;
    this.limits = limits;
  }

  /** Inside Temporal activities: heartbeats there, and knows their start-to-close time. */
  public static Settle inActivity(Duration total) {
    return new Settle(
        total,
        ApiClient.CALL_TIMEOUT,
        () -> Activity.getExecutionContext().heartbeat(null),
        () -> granted(Activity.getExecutionContext().getInfo()));
  }

  /** Those of the activity's attempt. */
  static Limits granted(ActivityInfo activity) {
    Duration time = sendingTime(activity.getStartToCloseTimeout());
    Duration silence = activity.getHeartbeatTimeout();
    return silence.isZero() ? Limits.of(time) : new Limits(time, silence);
  }

  /** A send must be over when its attempt is: its call takes as long as a call may. */
  private static Duration sendingTime(Duration attempt) {
    Duration early = attempt.minus(ApiClient.CALL_TIMEOUT);
    Duration half = attempt.dividedBy(2);
    return early.compareTo(half) > 0 ? early : half;
  }

  public Duration total() {
    return total;
  }

  /** How long after a cancel an unclear send is looked for: it may still be under way. */
  public Duration afterCancel() {
    Duration longer = total.multipliedBy(3);
    return longer.compareTo(callTimeout) > 0 ? longer : callTimeout;
  }

  /** Waits, heartbeating. */
  public void sleep(Duration time) {
    sleepUntil(System.nanoTime() + time.toNanos());
  }

  /**
   * Looks several times within the settle time, the last time when it is over. Only the last look
   * must get an answer.
   */
  <T> Optional<T> lookAgain(Supplier<Optional<T>> find) {
    long begin = System.nanoTime();
    for (double share : LOOKS) {
      sleepUntil(begin + (long) (total.toNanos() * share));
      try {
        Optional<T> found = find.get();
        if (found.isPresent()) {
          return found;
        }
      } catch (PlatformException e) {
        if (share >= 1 || e.kind() != FailureKind.PLATFORM_UNAVAILABLE) {
          throw e;
        }
      }
    }
    return Optional.empty();
  }

  /** The current attempt's time, counted from now. */
  Deadline begin() {
    return new Deadline(limits.get().time());
  }

  /**
   * The time, counted from now, for a send of which others may know that it begins. Tells that the
   * attempt lives, as only from then on the next one is that far away.
   */
  Deadline announce() {
    heartbeat.run();
    return new Deadline(limits.get().unnoticed());
  }

  private void sleepUntil(long end) {
    try {
      for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
        TimeUnit.NANOSECONDS.sleep(Math.min(left, SLICE_NANOS));
        heartbeat.run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PlatformException(
          FailureKind.OUTCOME_UNKNOWN, "interrupted while waiting for an unclear outcome");
    }
  }
}
