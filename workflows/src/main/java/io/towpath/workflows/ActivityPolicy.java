package io.towpath.workflows;

import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import java.time.Duration;

/**
 * The few ways in which activities are called. None of ours sets maximum attempts: an outage fails
 * no run, and what must not be repeated is made not repeatable by its failure kind.
 */
public final class ActivityPolicy {
  /** No outage lasts longer than this without an operator. */
  public static final Duration DEADLINE = Duration.ofDays(60);

  private ActivityPolicy() {}

  /** A few reads or one small write. */
  public static ActivityOptions quick(String taskQueue, String summary) {
    return options(taskQueue, summary, Duration.ofMinutes(5))
        .setCancellationType(ActivityCancellationType.TRY_CANCEL)
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

  /** Makes one effect; on cancel its answer is wanted, so the attempt is waited for. */
  public static ActivityOptions submit(String taskQueue, String summary) {
    return options(taskQueue, summary, Duration.ofMinutes(15))
        .setHeartbeatTimeout(Duration.ofSeconds(90))
        .setCancellationType(ActivityCancellationType.WAIT_CANCELLATION_COMPLETED)
        .build();
  }

  /** Asks once per attempt; "still running" is a failure that Temporal repeats. */
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
   * Calls an activity of the user's own, of which nothing is known: it may lack a worker for days,
   * and what fails ten times is taken for broken.
   */
  public static ActivityOptions foreign(String taskQueue, String summary) {
    return options(taskQueue, summary, Duration.ofHours(1))
        .setScheduleToCloseTimeout(Duration.ofDays(7))
        .setCancellationType(ActivityCancellationType.TRY_CANCEL)
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
