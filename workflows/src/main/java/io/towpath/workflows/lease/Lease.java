package io.towpath.workflows.lease;

import static io.towpath.workflows.progress.Operator.stub;

import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInfo;
import io.towpath.workflows.ActivityPolicy;
import io.towpath.workflows.TaskQueues;
import io.towpath.workflows.holder.HolderActivities;
import io.towpath.workflows.holder.LeaseHolder;
import java.util.function.Supplier;

/** How workflow code holds a lease while it works. */
public final class Lease {
  private Lease() {}

  /**
   * Waits for the lease, works, and gives it back, also when the work fails or is cancelled. A run
   * that is terminated or lost gives it back by being closed. Not to be nested for one resource.
   *
   * @param resource what only one run may work on, such as {@code drs/<dataset>}
   * @param work runs while this workflow holds the lease
   */
  public static <T> T hold(String resource, Supplier<T> work) {
    WorkflowInfo run = Workflow.getInfo();
    LeaseHolder holder = new LeaseHolder(run.getWorkflowId(), run.getFirstExecutionRunId());
    try {
      stub(
              HolderActivities.class,
              ActivityPolicy.quick(TaskQueues.WORKFLOWS, "wait for the lease on " + resource))
          .acquireLease(resource, holder);
      CancellationScope.throwCanceled();
      return work.get();
    } finally {
      Workflow.newDetachedCancellationScope(() -> release(resource, holder)).run();
    }
  }

  private static void release(String resource, LeaseHolder holder) {
    try {
      stub(
              HolderActivities.class,
              ActivityPolicy.quick(TaskQueues.WORKFLOWS, "give back the lease on " + resource))
          .releaseLease(resource, holder);
    } catch (ActivityFailure notGivenBack) {
      // it is given back when this run ends
    }
  }
}
