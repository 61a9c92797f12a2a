package io.towpath.activities.holder;

import io.temporal.activity.Activity;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.BatchRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionDescription;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowOptions;
import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.TaskQueues;
import io.towpath.workflows.WorkflowIds;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.holder.HolderActivities;
import io.towpath.workflows.holder.LeaseHolder;
import io.towpath.workflows.lease.LeaseWorkflow;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Asks about a workflow once per attempt. */
public final class HolderActivitiesImpl implements HolderActivities {
  private static final WorkflowExecutionStatus RUNNING =
      WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING;

  private static final Duration MOMENT = Duration.ofSeconds(1);

  private final Duration pollEvery;

  public HolderActivitiesImpl(Duration pollEvery) {
    this.pollEvery = pollEvery;
  }

  @Override
  public String awaitClosed(String workflowId) {
    Optional<WorkflowExecutionStatus> status = status(temporal(), workflowId);
    if (status.filter(RUNNING::equals).isPresent()) {
      throw later(workflowId + " still runs", pollEvery);
    }
    return status
        .map(closed -> closed.name().replace("WORKFLOW_EXECUTION_STATUS_", ""))
        .orElse("UNKNOWN");
  }

  @Override
  public void acquireLease(String resource, LeaseHolder holder) {
    List<LeaseHolder> queue = queue(temporal(), resource);
    int place = queue.indexOf(holder);
    if (place < 0) {
      request(resource, holder);
      throw later("the lease on " + resource + " was asked for", soon());
    }
    if (place > 0) {
      throw later(queue.get(0).workflowId() + " holds the lease on " + resource, pollEvery);
    }
  }

  @Override
  public void releaseLease(String resource, LeaseHolder holder) {
    try {
      temporal().newWorkflowStub(LeaseWorkflow.class, WorkflowIds.lease(resource)).release(holder);
    } catch (WorkflowNotFoundException over) {
      // nobody is in the queue, so neither are we
    }
  }

  /** Whether the newest run of this id is open in the client's namespace. */
  public static boolean runs(WorkflowClient temporal, String workflowId) {
    return status(temporal, workflowId).filter(RUNNING::equals).isPresent();
  }

  /** Who holds the lease and who waits for it; nobody, when its workflow does not run. */
  public static List<LeaseHolder> queue(WorkflowClient temporal, String resource) {
    Optional<WorkflowExecutionDescription> lease =
        describe(temporal, WorkflowIds.lease(resource)).filter(run -> run.getStatus() == RUNNING);
    LeaseHolder[] queue =
        lease.isEmpty()
            ? null
            : lease.get().getMemo(LeaseWorkflow.QUEUE, LeaseHolder[].class, LeaseHolder[].class);
    return queue == null ? List.of() : List.of(queue);
  }

  private static void request(String resource, LeaseHolder holder) {
    LeaseWorkflow lease =
        temporal()
            .newWorkflowStub(
                LeaseWorkflow.class,
                WorkflowOptions.newBuilder()
                    .setWorkflowId(WorkflowIds.lease(resource))
                    .setTaskQueue(TaskQueues.WORKFLOWS)
                    .build());
    BatchRequest start = temporal().newSignalWithStartRequest();
    start.add(lease::serve, List.of());
    start.add(lease::request, holder);
    temporal().signalWithStart(start);
  }

  private static WorkflowClient temporal() {
    return Activity.getExecutionContext().getWorkflowClient();
  }

  /** A free lease is ours within a moment; later requests would only lengthen its history. */
  private Duration soon() {
    boolean first = Activity.getExecutionContext().getInfo().getAttempt() == 1;
    return first && pollEvery.compareTo(MOMENT) > 0 ? MOMENT : pollEvery;
  }

  private static PlatformException later(String why, Duration delay) {
    return new PlatformException(
        FailureKind.STILL_RUNNING,
        why + "; looks again in " + delay.toSeconds() + " s",
        0,
        Optional.of(delay),
        null);
  }

  private static Optional<WorkflowExecutionStatus> status(
      WorkflowClient temporal, String workflowId) {
    return describe(temporal, workflowId).map(WorkflowExecutionDescription::getStatus);
  }

  private static Optional<WorkflowExecutionDescription> describe(
      WorkflowClient temporal, String workflowId) {
    try {
      return Optional.of(temporal.newUntypedWorkflowStub(workflowId).describe());
    } catch (WorkflowNotFoundException gone) {
      return Optional.empty();
    }
  }
}
