package io.towpath.workflows.roundtrip;

import io.temporal.failure.ApplicationFailure;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.plan.Plan;
import io.towpath.workflows.plan.PlanWorkflow;
import java.util.Map;

/** Plans the ETLs that this worker has. */
public final class PlanWorkflowImpl implements PlanWorkflow {
  @Override
  public Plan plan(String kind, Map<String, Object> request) {
    if (!kind.equals(RoundTripWorkflow.TYPE)) {
      throw ApplicationFailure.newNonRetryableFailure(
          "\"" + kind + "\" is no ETL of this worker; it has: " + RoundTripWorkflow.TYPE,
          FailureKind.INPUT_REJECTED.name());
    }
    return RoundTripPlan.of(request);
  }
}
