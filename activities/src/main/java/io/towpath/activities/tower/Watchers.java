package io.towpath.activities.tower;

import io.grpc.StatusRuntimeException;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.client.BatchRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowServiceException;
import io.towpath.workflows.TaskQueues;
import io.towpath.workflows.WorkflowIds;
import io.towpath.workflows.tower.RunRef;
import io.towpath.workflows.watcher.WatcherWorkflow;
import io.towpath.workflows.watcher.WatcherWorkflow.Waiter;
import io.towpath.workflows.watcher.WatcherWorkflow.Workspace;
import java.util.List;

/** Whom a wait for a run can be left to. */
@FunctionalInterface
public interface Watchers {
  /**
   * Asks the watcher of the run's workspace to wake who waits for it, and starts it where there is
   * none. Safe to repeat.
   *
   * @return false when nobody watches or nobody could be told, so that the wait has to ask for
   *     itself
   */
  boolean follow(RunRef run);

  /** Nobody watches. */
  static Watchers none() {
    return run -> false;
  }

  /** Inside Temporal activities: the watcher wakes the activity's workflow. */
  static Watchers inActivity() {
    return run -> {
      ActivityExecutionContext activity = Activity.getExecutionContext();
      WorkflowClient temporal = activity.getWorkflowClient();
      WatcherWorkflow watcher =
          temporal.newWorkflowStub(
              WatcherWorkflow.class,
              WorkflowOptions.newBuilder()
                  .setWorkflowId(WorkflowIds.watcher(run.connection(), run.workspaceId()))
                  .setTaskQueue(TaskQueues.WORKFLOWS)
                  .build());
      BatchRequest start = temporal.newSignalWithStartRequest();
      start.add(
          watcher::watch, new Workspace(run.connection(), run.workspaceId()), List.<Waiter>of());
      start.add(watcher::follow, new Waiter(run.workflowId(), activity.getInfo().getWorkflowId()));
      try {
        temporal.signalWithStart(start);
        return true;
      } catch (WorkflowServiceException | StatusRuntimeException refused) {
        return false;
      }
    };
  }
}
