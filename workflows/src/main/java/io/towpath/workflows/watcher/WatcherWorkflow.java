package io.towpath.workflows.watcher;

import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.util.List;

/**
 * Looks for every run of one workspace that somebody waits for, {@code
 * watcher/seqera/<connection>/<workspace>}, and wakes who waits by the signal {@code externalEvent}
 * when there is news. A hint only: whoever is woken asks for itself, and goes on to ask now and
 * then without being woken. It ends when nobody waits; the next one who does starts it anew.
 */
@WorkflowInterface
public interface WatcherWorkflow {
  String TYPE = "watcher";

  /**
   * Watches a workspace.
   *
   * @param waiting who waits already, when it goes on as a new run; else empty
   */
  @WorkflowMethod(name = TYPE)
  void watch(Workspace workspace, List<Waiter> waiting);

  /** Looks for a run from now on. A repeated request changes nothing. */
  @SignalMethod
  void follow(Waiter waiter);

  /**
   * A workspace of Seqera as a worker reaches it.
   *
   * @param connection name of the Seqera connection on the worker
   * @param id numeric workspace id; 0 is the personal workspace
   */
  record Workspace(String connection, long id) {}

  /**
   * Who waits for what.
   *
   * @param runId the platform's id of the run
   * @param workflowId the Temporal workflow that is woken
   */
  record Waiter(String runId, String workflowId) {}
}
