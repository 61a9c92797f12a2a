package io.towpath.workflows.lease;

import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import io.towpath.workflows.holder.LeaseHolder;
import java.util.List;

/**
 * The queue for one resource, {@code lease/<resource>}. The first in it holds the lease, until it
 * gives it back or is closed. It ends when nobody is left; the next request starts it anew.
 */
@WorkflowInterface
public interface LeaseWorkflow {
  String TYPE = "lease";

  /**
   * The memo that shows who holds the lease and who waits for it, {@link LeaseHolder}s in this
   * order. A memo can be read while no worker is there, and of a run that is just ending.
   */
  String QUEUE = "towpath.queue";

  /**
   * Serves the queue.
   *
   * @param queue who is in it already, when it goes on as a new run; else empty
   */
  @WorkflowMethod(name = TYPE)
  void serve(List<LeaseHolder> queue);

  /** Joins the queue. A repeated request changes nothing. */
  @SignalMethod
  void request(LeaseHolder holder);

  /** Gives the lease back, or leaves the queue. */
  @SignalMethod
  void release(LeaseHolder holder);
}
