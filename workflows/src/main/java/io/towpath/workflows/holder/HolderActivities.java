package io.towpath.workflows.holder;

import io.temporal.activity.ActivityInterface;

/** Looks at other workflows of our namespace. */
@ActivityInterface(namePrefix = "Holder")
public interface HolderActivities {
  /**
   * Waits until the newest run of a workflow id is closed. Asks once per attempt; while it runs,
   * the attempt fails with {@code STILL_RUNNING}. Returns how it closed, or {@code UNKNOWN} when
   * Temporal has no such workflow (any more).
   */
  String awaitClosed(String workflowId);
}
