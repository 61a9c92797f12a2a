package io.towpath.workflows.cavatica;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import io.towpath.workflows.WorkflowIds;
import java.util.Map;

/**
 * Imports the files of one sample sheet into a CAVATICA project, runs an app for each sample, and
 * gives the outputs DRS ids. A run answers to {@link io.towpath.workflows.etl.RunControls} as well.
 */
@WorkflowInterface
public interface CavaticaWorkflow {
  String TYPE = WorkflowIds.CAVATICA_DRS;

  /**
   * Does it, or answers with the first report when it is done already. A run whose id is not the
   * business key starts the run under that key or attaches to it.
   *
   * @param request the request as JSON; unknown fields are refused
   * @return the report as JSON: {@code outcome, sheet, imports, tasks, collated, drs, …}
   */
  @WorkflowMethod(name = TYPE)
  Map<String, Object> run(Map<String, Object> request);
}
