package io.towpath.workflows.plan;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import io.towpath.workflows.ledger.LedgerView;

/** Reads what the ledger has of one business key, also long after Temporal forgot the run. */
@WorkflowInterface
public interface LookWorkflow {
  @WorkflowMethod(name = "look")
  LedgerView look(String businessKey);
}
