package io.towpath.workflows.scan;

import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import io.towpath.workflows.progress.StatusView;
import java.util.Map;

/**
 * Starts one round trip for each manifest of a folder that was never seen: made to be started by a
 * schedule, by an event or by hand, under any workflow id, and as often as one likes.
 */
@WorkflowInterface
public interface ManifestScanWorkflow {
  String TYPE = "manifest-scan";

  /**
   * Looks, starts, and ends; the round trips go on by themselves.
   *
   * @param request the request as JSON; unknown fields are refused
   * @return the report as JSON: {@code outcome, seen, started, waiting, refused, …}
   */
  @WorkflowMethod(name = TYPE)
  Map<String, Object> run(Map<String, Object> request);

  @QueryMethod(name = "status", description = "Where the scan stands, stage by stage.")
  StatusView status();

  @QueryMethod(name = "spec", description = "The request behind the spec digest.")
  Map<String, Object> spec();
}
