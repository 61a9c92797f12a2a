package io.towpath.workflows.plan;

import io.temporal.failure.ApplicationFailure;
import io.towpath.workflows.failure.FailureKind;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Plans the ETLs that this worker has. */
public final class PlanWorkflowImpl implements PlanWorkflow {
  private final Map<String, Function<Map<String, Object>, Plan>> planners;

  /**
   * Made by the worker for each plan.
   *
   * @param planners what plans a request, by ETL
   */
  public PlanWorkflowImpl(Map<String, Function<Map<String, Object>, Plan>> planners) {
    this.planners = new TreeMap<>(planners);
  }

  @Override
  public Plan plan(String kind, Map<String, Object> request) {
    Function<Map<String, Object>, Plan> planner = planners.get(kind);
    if (planner == null) {
      throw ApplicationFailure.newNonRetryableFailure(
          "\""
              + kind
              + "\" is no ETL of this worker; it has: "
              + String.join(", ", planners.keySet()),
          FailureKind.INPUT_REJECTED.name());
    }
    return planner.apply(request);
  }
}
