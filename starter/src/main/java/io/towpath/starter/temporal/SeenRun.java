package io.towpath.starter.temporal;

import com.google.protobuf.util.Timestamps;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.client.WorkflowExecutionDescription;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What Temporal itself knows of a run, also without a worker.
 *
 * @param workflowId its id
 * @param runId the newest run of that id
 * @param type workflow type
 * @param status {@code RUNNING}, {@code COMPLETED}, {@code FAILED}, {@code CANCELED}, …
 * @param started when it started
 * @param closed when it closed
 * @param historyLength events so far
 * @param pending what it waits for
 */
public record SeenRun(
    String workflowId,
    String runId,
    String type,
    String status,
    Instant started,
    Optional<Instant> closed,
    long historyLength,
    List<Pending> pending) {

  /**
   * One activity that is not done.
   *
   * @param activity activity type, {@code TowerAwaitRun}
   * @param attempt from 1
   * @param kind failure kind of the last attempt; empty when none failed
   * @param message words of that failure
   * @param nextAttempt when it is tried again, while it waits for that
   */
  public record Pending(
      String activity,
      int attempt,
      Optional<String> kind,
      Optional<String> message,
      Optional<Instant> nextAttempt) {

    static Pending of(PendingActivityInfo info) {
      Optional<String> message =
          info.hasLastFailure()
              ? Optional.of(info.getLastFailure().getMessage())
              : Optional.empty();
      boolean typed = info.hasLastFailure() && info.getLastFailure().hasApplicationFailureInfo();
      Optional<Instant> next =
          info.hasNextAttemptScheduleTime()
              ? Optional.of(
                  Instant.ofEpochMilli(Timestamps.toMillis(info.getNextAttemptScheduleTime())))
              : Optional.empty();
      return new Pending(
          info.getActivityType().getName(),
          info.getAttempt(),
          typed
              ? Optional.of(info.getLastFailure().getApplicationFailureInfo().getType())
              : Optional.empty(),
          message,
          next);
    }
  }

  static SeenRun of(WorkflowExecutionDescription seen) {
    return new SeenRun(
        seen.getExecution().getWorkflowId(),
        seen.getExecution().getRunId(),
        seen.getWorkflowType(),
        word(seen.getStatus()),
        seen.getStartTime(),
        Optional.ofNullable(seen.getCloseTime()),
        seen.getHistoryLength(),
        seen.getRawDescription().getPendingActivitiesList().stream().map(Pending::of).toList());
  }

  public boolean running() {
    return status.equals("RUNNING");
  }

  static String word(WorkflowExecutionStatus status) {
    return status.name().replace("WORKFLOW_EXECUTION_STATUS_", "");
  }
}
