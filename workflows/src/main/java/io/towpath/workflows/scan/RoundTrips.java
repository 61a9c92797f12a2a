package io.towpath.workflows.scan;

import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.ParentClosePolicy;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.failure.ChildWorkflowFailure;
import io.temporal.workflow.ChildWorkflowCancellationType;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.ChildWorkflowStub;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import io.towpath.workflows.TaskQueues;
import io.towpath.workflows.WorkflowIds;
import io.towpath.workflows.synapse.ManifestSearch.FoundManifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Starts round trips under their business keys and leaves them alone: they outlive the scan, also
 * when it is cancelled. They are called by their type's name, as no ETL knows another one.
 */
final class RoundTrips {
  static final String TYPE = WorkflowIds.ROUND_TRIP;

  private final ManifestScanRequest request;

  RoundTrips(ManifestScanRequest request) {
    this.request = request;
  }

  /**
   * A round trip that has begun.
   *
   * @param runId empty when it was under way already
   */
  record Started(FoundManifest manifest, String key, Optional<String> runId) {}

  /** Starts all of them; Temporal admits one run under an id, whoever else scans meanwhile. */
  @SuppressWarnings("unchecked")
  List<Started> start(List<FoundManifest> manifests) {
    List<Promise<WorkflowExecution>> starting = new ArrayList<>();
    for (FoundManifest manifest : manifests) {
      ChildWorkflowStub run =
          Workflow.newUntypedChildWorkflowStub(TYPE, options(request.key(manifest)));
      run.executeAsync(Map.class, request.roundTrip(manifest));
      starting.add(run.getExecution());
    }
    List<Started> started = new ArrayList<>();
    for (int i = 0; i < starting.size(); i++) {
      FoundManifest manifest = manifests.get(i);
      started.add(new Started(manifest, request.key(manifest), runId(starting.get(i))));
    }
    return started;
  }

  private static Optional<String> runId(Promise<WorkflowExecution> starting) {
    try {
      return Optional.of(starting.get().getRunId());
    } catch (ChildWorkflowFailure failure) {
      if (failure.getCause() instanceof WorkflowExecutionAlreadyStarted) {
        return Optional.empty();
      }
      throw failure;
    }
  }

  private static ChildWorkflowOptions options(String key) {
    return ChildWorkflowOptions.newBuilder()
        .setWorkflowId(key)
        .setTaskQueue(TaskQueues.WORKFLOWS)
        .setWorkflowIdReusePolicy(WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE)
        .setParentClosePolicy(ParentClosePolicy.PARENT_CLOSE_POLICY_ABANDON)
        .setCancellationType(ChildWorkflowCancellationType.ABANDON)
        .build();
  }
}
