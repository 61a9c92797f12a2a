package io.towpath.workflows.plan;

import io.temporal.workflow.Workflow;
import io.towpath.workflows.ActivityPolicy;
import io.towpath.workflows.TaskQueues;
import io.towpath.workflows.ledger.LedgerActivities;
import io.towpath.workflows.ledger.LedgerView;
import java.time.Duration;

/** Asks the ledger, and gives up soon: a person waits. */
public final class LookWorkflowImpl implements LookWorkflow {
  private final LedgerActivities ledger =
      Workflow.newActivityStub(
          LedgerActivities.class,
          ActivityPolicy.preflight(TaskQueues.S3, "read the ledger", Duration.ofSeconds(60)));

  @Override
  public LedgerView look(String businessKey) {
    return ledger.look(businessKey);
  }
}
