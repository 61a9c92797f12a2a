package io.towpath.workflows.plan;

import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Workflow;
import io.towpath.workflows.RunSettings;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.model.Problem;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Plans the ETLs that this worker has. */
public final class PlanWorkflowImpl implements PlanWorkflow {
  private final Map<String, Planner> planners;
  private final Function<Map<String, Object>, RunSettings> settings;

  /** Plans requests of one ETL. */
  @FunctionalInterface
  public interface Planner {
    /**
     * Says what the request would do.
     *
     * @param exposed where the request holds a credential of the worker
     */
    Plan plan(Map<String, Object> request, List<Problem> exposed);
  }

  /**
   * Made by the worker for each plan.
   *
   * @param planners what plans a request, by ETL
   * @param settings what the worker's settings mean for a request
   */
  public PlanWorkflowImpl(
      Map<String, Planner> planners, Function<Map<String, Object>, RunSettings> settings) {
    this.planners = new TreeMap<>(planners);
    this.settings = settings;
  }

  @Override
  public Plan plan(String kind, Map<String, Object> request) {
    Planner planner = planners.get(kind);
    if (planner == null) {
      throw ApplicationFailure.newNonRetryableFailure(
          "\""
              + kind
              + "\" is no ETL of this worker; it has: "
              + String.join(", ", planners.keySet()),
          FailureKind.INPUT_REJECTED.name());
    }
    RunSettings known = Workflow.sideEffect(RunSettings.class, () -> settings.apply(request));
    return planner.plan(request, known.exposed());
  }
}
