package io.towpath.workflows;

import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import java.time.Duration;

/**
 * The few ways in which activities are called. None of ours sets maximum attempts: an outage fails
 * no run, and what must not be repeated is made not repeatable by its failure kind. Whatever may
 * change something is waited for on cancel, as nothing may change behind a run that is CANCELLED;
 * between two attempts there is nothing to wait for. Only what does no more than read is left
 * alone.
 */
public final class ActivityPolicy {
  /** No outage lasts longer than this without an operator. */
  public static final Duration DEADLINE = Duration.ofDays(60);

  private ActivityPolicy() {}

  /** A few reads or one small write, without heartbeats. */
  public static ActivityOptions quick(String taskQueue, String summary) {
    return options(taskQueue, summary, Duration.ofMinutes(5))
        .setCancellationType(ActivityCancellationType.WAIT_CANCELLATION_COMPLETED)
        .build();
  }

  /**
   * A read-only look before the first effect. Within a platform's quota it may take hours at many
   * files, and heartbeats meanwhile; without heartbeats it has 90 seconds.
   *
   * @param patience how long an unreachable platform is waited for before the look fails
   */
  public static ActivityOptions preflight(String taskQueue, String summary, Duration patience) {
    return options(taskQueue, summary, Duration.ofHours(24))
        .setScheduleToCloseTimeout(patience)
        .setHeartbeatTimeout(Duration.ofSeconds(90))
        .setCancellationType(ActivityCancellationType.TRY_CANCEL)
        .build();
  }

  /** Makes one effect, whose answer is wanted also on cancel. */
  public static ActivityOptions submit(String taskQueue, String summary) {
    return options(taskQueue, summary, Duration.ofMinutes(15))
        .setHeartbeatTimeout(Duration.ofSeconds(90))
        .setCancellationType(ActivityCancellationType.WAIT_CANCELLATION_COMPLETED)
        .build();
  }

  /** Reads once per attempt; "still running" is a failure that Temporal repeats. */
  public static ActivityOptions await(String taskQueue, String summary) {
    return options(taskQueue, summary, Duration.ofMinutes(3))
        .setCancellationType(ActivityCancellationType.TRY_CANCEL)
        .build();
  }

  /** Works through a page of files, with heartbeats. */
  public static ActivityOptions page(String taskQueue, String summary) {
    return options(taskQueue, summary, Duration.ofHours(24))
        .setHeartbeatTimeout(Duration.ofSeconds(90))
        .setCancellationType(ActivityCancellationType.WAIT_CANCELLATION_COMPLETED)
        .build();
  }

  /**
   * Tells somebody something: an effect that nobody waits long for.
   *
   * @param patience how long an unreachable platform is waited for
   */
  public static ActivityOptions notice(String taskQueue, String summary, Duration patience) {
    return ActivityOptions.newBuilder(submit(taskQueue, summary))
        .setScheduleToCloseTimeout(patience)
        .build();
  }

  /**
   * Calls an activity of the user's own, of which nothing is known: it may lack a worker for days,
   * and what fails ten times is taken for broken. On cancel it ends at once if it heartbeats.
   */
  public static ActivityOptions foreign(String taskQueue, String summary) {
    return options(taskQueue, summary, Duration.ofHours(1))
        .setScheduleToCloseTimeout(Duration.ofDays(7))
        .setCancellationType(ActivityCancellationType.WAIT_CANCELLATION_COMPLETED)
        .setRetryOptions(
            RetryOptions.newBuilder()
                .setInitialInterval(Duration.ofSeconds(1))
                .setMaximumInterval(Duration.ofMinutes(2))
                .setMaximumAttempts(10)
                .build())
        .build();
  }

  private static ActivityOptions.Builder options(
      String taskQueue, String summary, Duration startToClose) {
    return ActivityOptions.newBuilder()
        .setTaskQueue(taskQueue)
        .setSummary(summary)
        .setStartToCloseTimeout(startToClose)
        .setScheduleToCloseTimeout(DEADLINE)
        .setRetryOptions(
            RetryOptions.newBuilder()
                .setInitialInterval(Duration.ofSeconds(1))
                .setBackoffCoefficient(2)
                .setMaximumInterval(Duration.ofMinutes(2))
                .build());
  }
}
