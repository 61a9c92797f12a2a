package io.towpath.workflows.lease;

import io.temporal.common.VersioningBehavior;
import io.temporal.workflow.WorkflowInit;
import io.temporal.workflow.WorkflowVersioningBehavior;
import io.towpath.workflows.holder.LeaseHolder;
import java.util.List;

/**
 * The lease as a versioned worker hosts it: a queue that never empties would hold on to its version
 * for ever. A server refuses every task of an unversioned worker whose workflow names a behaviour
 * (measured), so {@link LeaseWorkflowImpl} itself names none.
 */
public final class UpgradingLeaseImpl implements LeaseWorkflow {
  private final LeaseWorkflowImpl lease;

  @WorkflowInit
  public UpgradingLeaseImpl(List<LeaseHolder> queue) {
    lease = new LeaseWorkflowImpl(queue);
  }

  @Override
  @WorkflowVersioningBehavior(VersioningBehavior.AUTO_UPGRADE)
  public void serve(List<LeaseHolder> queue) {
    lease.serve(queue);
  }

  @Override
  public void request(LeaseHolder holder) {
    lease.request(holder);
  }

  @Override
  public void release(LeaseHolder holder) {
    lease.release(holder);
  }
}
