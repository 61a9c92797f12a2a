package io.towpath.workflows.etl;

import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInfo;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.ledger.ClaimDecision;
import io.towpath.workflows.ledger.ClaimRequest;
import java.util.Map;
import java.util.Optional;

/** What is asked of the ledger before the first effect, and what its answer means. */
final class Claiming {
  private Claiming() {}

  static ClaimRequest request(EtlSpec spec) {
    WorkflowInfo self = Workflow.getInfo();
    return new ClaimRequest(
        spec.businessKey(),
        spec.digest(),
        spec.effect(),
        self.getWorkflowId(),
        self.getFirstExecutionRunId(),
        spec.control().rerun(),
        spec.control().takeOver(),
        spec.preliminary());
  }

  /** The first report where the work is done; empty where it is to be done. */
  static Optional<Map<String, Object>> doneOrConflict(ClaimDecision decision) {
    if (decision.verdict() == ClaimDecision.Verdict.CONFLICT) {
      throw ApplicationFailure.newNonRetryableFailure(
          decision.reason(), FailureKind.CONFLICT.name(), decision.differences());
    }
    return decision.verdict() == ClaimDecision.Verdict.DONE
        ? Optional.of(decision.firstReport().orElseGet(Map::of))
        : Optional.empty();
  }
}
