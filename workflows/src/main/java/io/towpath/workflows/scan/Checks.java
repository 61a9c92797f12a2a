package io.towpath.workflows.scan;

import static io.towpath.workflows.progress.Operator.reason;

import io.temporal.failure.CanceledFailure;
import io.temporal.failure.ChildWorkflowFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import io.towpath.workflows.TaskQueues;
import io.towpath.workflows.plan.Plan;
import io.towpath.workflows.plan.PlanWorkflow;
import io.towpath.workflows.synapse.ManifestSearch.FoundManifest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks manifests with the same {@code plan} that {@code towpath check} uses, each in a child of
 * its own, which keeps the scan's history short.
 */
final class Checks {
  private static final Duration TIME = Duration.ofMinutes(15);

  private final ManifestScanRequest request;

  Checks(ManifestScanRequest request) {
    this.request = request;
  }

  /** Checks all of them at the same time. */
  List<Check> of(List<FoundManifest> manifests) {
    List<Promise<Plan>> plans = new ArrayList<>();
    for (FoundManifest manifest : manifests) {
      PlanWorkflow plan = Workflow.newChildWorkflowStub(PlanWorkflow.class, options());
      plans.add(Async.function(plan::plan, RoundTrips.TYPE, request.roundTrip(manifest)));
    }
    List<Check> checks = new ArrayList<>();
    for (int i = 0; i < plans.size(); i++) {
      checks.add(judged(manifests.get(i), plans.get(i)));
    }
    return checks;
  }

  private static Check judged(FoundManifest manifest, Promise<Plan> plan) {
    try {
      return Check.of(manifest, plan.get());
    } catch (ChildWorkflowFailure failure) {
      if (failure.getCause() instanceof CanceledFailure) {
        throw failure;
      }
      return Check.unanswered(manifest, reason(failure));
    }
  }

  private static ChildWorkflowOptions options() {
    return ChildWorkflowOptions.newBuilder()
        .setWorkflowId("plan/" + Workflow.randomUUID())
        .setTaskQueue(TaskQueues.WORKFLOWS)
        .setWorkflowExecutionTimeout(TIME)
        .build();
  }
}
