package io.towpath.workflows.release;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import io.towpath.workflows.WorkflowIds;
import java.util.Map;

/**
 * Runs the steps of one data release as containers, each item once, checks the result, waits for
 * approvals, and promotes what was recorded. A run answers to {@link
 * io.towpath.workflows.etl.RunControls} as well.
 */
@WorkflowInterface
public interface ReleaseWorkflow {
  String TYPE = WorkflowIds.RELEASE_DEPLOY;

  /**
   * Does it, or answers with the first report when it is done already. A run whose id is not the
   * business key starts the run under that key or attaches to it.
   *
   * @param request the request as JSON; unknown fields are refused
   * @return the report as JSON: {@code outcome, release, imageDigest, configSha256, items,
   *     manifest, promotions, …}
   */
  @WorkflowMethod(name = TYPE)
  Map<String, Object> run(Map<String, Object> request);
}
