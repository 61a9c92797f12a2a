package io.towpath.workflows.plan;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import io.towpath.workflows.model.Check;
import java.util.List;

/** Looks at what a worker reaches: each of its connections and its ledger, with their rights. */
@WorkflowInterface
public interface DoctorWorkflow {
  @WorkflowMethod(name = "doctor")
  List<Check> examine();
}
