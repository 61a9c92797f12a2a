package io.towpath.workflows.watcher;

import io.temporal.common.VersioningBehavior;
import io.temporal.workflow.WorkflowInit;
import io.temporal.workflow.WorkflowVersioningBehavior;
import java.util.List;

/**
 * The watcher as a versioned worker hosts it, for the reason of {@link
 * io.towpath.workflows.lease.UpgradingLeaseImpl}.
 */
public final class UpgradingWatcherImpl implements WatcherWorkflow {
  private final WatcherWorkflowImpl watcher;

  @WorkflowInit
  public UpgradingWatcherImpl(Workspace workspace, List<Waiter> waiting) {
    watcher = new WatcherWorkflowImpl(workspace, waiting);
  }

  @Override
  @WorkflowVersioningBehavior(VersioningBehavior.AUTO_UPGRADE)
  public void watch(Workspace workspace, List<Waiter> waiting) {
    watcher.watch(workspace, waiting);
  }

  @Override
  public void follow(Waiter waiter) {
    watcher.follow(waiter);
  }
}
