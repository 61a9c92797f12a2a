package io.towpath.workflows.plan;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.util.Map;

/**
 * Resolves a request, reads the ledger and looks at everything that the run would need; no effects.
 */
@WorkflowInterface
public interface PlanWorkflow {
  /**
   * Says what the request would do.
   *
   * @param kind which ETL, {@code round-trip} or {@code manifest-scan}
   * @param request the request, as JSON
   */
  @WorkflowMethod(name = "plan")
  Plan plan(String kind, Map<String, Object> request);
}
