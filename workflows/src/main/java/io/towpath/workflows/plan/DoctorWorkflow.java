package io.towpath.workflows.plan;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.util.List;

/** Looks at what a worker holds and reaches: settings, connections, versions and rights. */
@WorkflowInterface
public interface DoctorWorkflow {
  @WorkflowMethod(name = "doctor")
  List<Check> examine();

  /**
   * One thing that was looked at.
   *
   * @param name what, such as {@code synapse} or {@code ledger}
   * @param ok whether it is as it must be
   * @param text what was found, and what to do when it is not ok
   */
  record Check(String name, boolean ok, String text) {}
}
