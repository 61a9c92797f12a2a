package io.towpath.activities.holder;

import io.temporal.activity.Activity;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowNotFoundException;
import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.holder.HolderActivities;
import java.time.Duration;
import java.util.Optional;

/** Describes a workflow once per attempt. */
public final class HolderActivitiesImpl implements HolderActivities {
  private final Duration pollEvery;

  public HolderActivitiesImpl(Duration pollEvery) {
    this.pollEvery = pollEvery;
  }

  @Override
  public String awaitClosed(String workflowId) {
    WorkflowExecutionStatus status;
    try {
      status =
          Activity.getExecutionContext()
              .getWorkflowClient()
              .newUntypedWorkflowStub(workflowId)
              .describe()
              .getStatus();
    } catch (WorkflowNotFoundException gone) {
      return "UNKNOWN";
    }
    if (status == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING) {
      throw new PlatformException(
          FailureKind.STILL_RUNNING,
          workflowId + " still runs; looks again in " + pollEvery.toSeconds() + " s",
          0,
          Optional.of(pollEvery),
          null);
    }
    return status.name().replace("WORKFLOW_EXECUTION_STATUS_", "");
  }
}
