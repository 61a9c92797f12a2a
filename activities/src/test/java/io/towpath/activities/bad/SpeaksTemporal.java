package io.towpath.activities.bad;

import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Workflow;

/** An activity that throws Temporal's failures, and one that takes itself for a workflow. */
final class SpeaksTemporal {
  RuntimeException failure() {
    return ApplicationFailure.newFailure("words", "type");
  }

  String workflowId() {
    return Workflow.getInfo().getWorkflowId();
  }
}
