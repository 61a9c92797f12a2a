package io.towpath.activities.poll;

import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.failure.FailureKind;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to wait before the next question: a tenth of the run's age, at least the floor and at
 * most two minutes in the first hour, five minutes after it. Each question costs a Temporal action.
 */
public final class PollPace {
  private static final Duration YOUNG = Duration.ofHours(1);
  private static final Duration LONGEST_YOUNG = Duration.ofMinutes(2);
  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final int JITTER_PERCENT = 10;

  /** The age of an answer that is as good as a new one, as a share of the pause before it. */
  private static final double FRESH = 0.75;

  private final Duration floor;

  /**
   * @param floor shortest interval ({@code TOWPATH_POLL_FLOOR})
   */
  public PollPace(Duration floor) {
    this.floor = floor;
  }

  /** The interval of a run of this age, without jitter. */
  public Duration interval(Duration age) {
    Duration longest = age.compareTo(YOUNG) < 0 ? LONGEST_YOUNG : LONGEST;
    Duration tenth = age.dividedBy(10);
    Duration wanted = tenth.compareTo(longest) < 0 ? tenth : longest;
    return wanted.compareTo(floor) < 0 ? floor : wanted;
  }

  /** The pause after errors in a row: the floor, doubled each time, at most two minutes. */
  public Duration afterErrors(int errors) {
    Duration pause = floor.multipliedBy(1L << Math.min(errors, 8));
    return pause.compareTo(LONGEST_YOUNG) < 0 ? pause : LONGEST_YOUNG;
  }

  /** How old an answer may be that a run with this interval takes from others' questions. */
  public static Duration freshFor(Duration interval) {
    return Duration.ofNanos((long) (interval.toNanos() * FRESH));
  }

  /** The interval, ten percent more or less: who asks alone must not ask at the same moment. */
  public static Duration jittered(Duration interval) {
    return percent(interval, 100 - JITTER_PERCENT, 100 + JITTER_PERCENT);
  }

  /**
   * The pause of a run whose answer is this old already, as it was asked for by another: until the
   * answer is an interval old, and up to ten percent more. So runs come to ask one after the other
   * within a moment, and one list an interval serves them all.
   */
  public static Duration together(Duration interval, Duration age) {
    Duration rest = interval.minus(age);
    return (rest.isNegative() ? Duration.ZERO : rest).plus(percent(interval, 0, JITTER_PERCENT));
  }

  private static Duration percent(Duration interval, int least, int most) {
    return interval
        .multipliedBy(ThreadLocalRandom.current().nextInt(least, most + 1))
        .dividedBy(100);
  }

  /** Says that something has not ended yet, and when to ask again. */
  public static PlatformException stillRunning(String what, Duration delay) {
    long seconds = Math.max(1, Math.round(delay.toMillis() / 1000.0));
    return new PlatformException(
        FailureKind.STILL_RUNNING,
        what + "; asks again in " + seconds + " s",
        0,
        Optional.of(delay),
        null);
  }
}
