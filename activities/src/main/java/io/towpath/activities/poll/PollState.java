package io.towpath.activities.poll;

import java.time.Duration;
import java.time.Instant;

/**
 * What an attempt tells the next one, in heartbeat details: under 1 KB, times of the worker's
 * clock.
 *
 * @param beganMillis when the wait began
 * @param errors questions in a row that got no answer
 * @param erringMillis since when there is no answer; meaningless without errors
 * @param status the last status, in the platform's word; empty before the first answer
 * @param statusMillis since when it is seen
 * @param fingerprint the run's counts of tasks when they last changed; empty while unknown
 * @param changedMillis when a change of status or tasks was last seen
 * @param progressed whether any change of status or tasks was seen in this wait
 */
public record PollState(
    long beganMillis,
    int errors,
    long erringMillis,
    String status,
    long statusMillis,
    String fingerprint,
    long changedMillis,
    boolean progressed) {

  public static PollState begin(Instant now) {
    long millis = now.toEpochMilli();
    return new PollState(millis, 0, millis, "", millis, "", millis, false);
  }

  /** After a question without an answer. */
  public PollState erred(Instant now) {
    long since = errors == 0 ? now.toEpochMilli() : erringMillis;
    return new PollState(
        beganMillis,
        errors + 1,
        since,
        status,
        statusMillis,
        fingerprint,
        changedMillis,
        progressed);
  }

  /** After an answer; an empty fingerprint says nothing about the tasks. */
  public PollState seen(String newStatus, String newFingerprint, Instant now) {
    long millis = now.toEpochMilli();
    boolean otherStatus = !newStatus.equals(status);
    boolean otherTasks = !newFingerprint.isEmpty() && !newFingerprint.equals(fingerprint);
    boolean change = (otherStatus && !status.isEmpty()) || (otherTasks && !fingerprint.isEmpty());
    return new PollState(
        beganMillis,
        0,
        millis,
        newStatus,
        otherStatus ? millis : statusMillis,
        otherTasks ? newFingerprint : fingerprint,
        change ? millis : changedMillis,
        progressed || change);
  }

  public Duration age(Instant now) {
    return since(beganMillis, now);
  }

  public Duration inStatus(Instant now) {
    return since(statusMillis, now);
  }

  public Duration unchanged(Instant now) {
    return since(changedMillis, now);
  }

  public Duration erring(Instant now) {
    return errors == 0 ? Duration.ZERO : since(erringMillis, now);
  }

  private static Duration since(long millis, Instant now) {
    return Duration.ofMillis(Math.max(0, now.toEpochMilli() - millis));
  }
}
