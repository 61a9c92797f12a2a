package io.towpath.starter.command;

import io.towpath.starter.json.Json;
import io.towpath.workflows.TaskQueues;
import io.towpath.workflows.plan.Plan;
import java.util.Map;

/** The line for the Temporal CLI that starts the same run. */
final class TemporalCommandLine {
  private TemporalCommandLine() {}

  static String start(Plan plan, Map<String, Object> request) {
    return "temporal workflow start --type "
        + plan.kind()
        + " --task-queue "
        + TaskQueues.WORKFLOWS
        + " --workflow-id "
        + quoted(plan.workflowId().orElse(plan.kind()))
        + " --input "
        + quoted(Json.line(request));
  }

  /** One word for a POSIX shell. */
  static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
