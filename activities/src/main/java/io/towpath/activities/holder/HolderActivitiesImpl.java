package io.towpath.activities.holder;

import io.temporal.activity.Activity;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowNotFoundException;
import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.holder.HolderActivities;
import java.time.Duration;
import java.util.Optional;

/** Describes a workflow once per attempt. */
public final class HolderActivitiesImpl implements HolderActivities {
  private static final WorkflowExecutionStatus RUNNING =
      WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING;

  private final Duration pollEvery;

  public HolderActivitiesImpl(Duration pollEvery) {
    this.pollEvery = pollEvery;
  }

  @Override
  public String awaitClosed(String workflowId) {
    Optional<WorkflowExecutionStatus> status =
        status(Activity.getExecutionContext().getWorkflowClient(), workflowId);
    if (status.filter(RUNNING::equals).isPresent()) {
      throw new PlatformException(
          FailureKind.STILL_RUNNING,
          workflowId + " still runs; looks again in " + pollEvery.toSeconds() + " s",
          0,
          Optional.of(pollEvery),
          null);
    }
    return status
        .map(closed -> closed.name().replace("WORKFLOW_EXECUTION_STATUS_", ""))
        .orElse("UNKNOWN");
  }

  /** Whether the newest run of this id is open in the client's namespace. */
  public static boolean runs(WorkflowClient temporal, String workflowId) {
    return status(temporal, workflowId).filter(RUNNING::equals).isPresent();
  }

  private static Optional<WorkflowExecutionStatus> status(
      WorkflowClient temporal, String workflowId) {
    try {
      return Optional.of(temporal.newUntypedWorkflowStub(workflowId).describe().getStatus());
    } catch (WorkflowNotFoundException gone) {
      return Optional.empty();
    }
  }
}
