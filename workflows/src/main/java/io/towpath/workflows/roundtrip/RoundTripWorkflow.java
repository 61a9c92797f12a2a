package io.towpath.workflows.roundtrip;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.util.Map;

/**
 * Stages one manifest, runs Nextflow pipelines on it, and indexes what came out. A run answers to
 * {@link io.towpath.workflows.etl.RunControls} as well.
 */
@WorkflowInterface
public interface RoundTripWorkflow {
  String TYPE = "round-trip";

  /**
   * Does the round trip, or answers with the first report when it is done already. A run whose id
   * is not the business key starts the run under that key or attaches to it.
   *
   * @param request the request as JSON; unknown fields are refused
   * @return the report as JSON: {@code outcome, manifest, staged, runs, index, …}
   */
  @WorkflowMethod(name = TYPE)
  Map<String, Object> run(Map<String, Object> request);
}
