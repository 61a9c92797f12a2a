package io.towpath.workflows.holder;

import io.temporal.activity.ActivityInterface;

/** Looks at other workflows of our namespace, and queues for what only one of them may have. */
@ActivityInterface(namePrefix = "Holder")
public interface HolderActivities {
  /**
   * Waits until the newest run of a workflow id is closed. Asks once per attempt; while it runs,
   * the attempt fails with {@code STILL_RUNNING}. Returns how it closed, or {@code UNKNOWN} when
   * Temporal has no such workflow (any more).
   */
  String awaitClosed(String workflowId);

  /**
   * Waits until {@code holder} has the lease on {@code resource}; joins the queue if it is not in
   * it. Asks once per attempt; while others are before it, the attempt fails with {@code
   * STILL_RUNNING}. Safe to repeat: a holder has one place.
   */
  void acquireLease(String resource, LeaseHolder holder);

  /** Gives the lease back, or leaves the queue. Safe to repeat. */
  void releaseLease(String resource, LeaseHolder holder);
}
