package io.towpath.workflows.etl;

import static io.towpath.workflows.progress.Operator.kindOf;
import static io.towpath.workflows.progress.Operator.reason;
import static io.towpath.workflows.progress.Operator.stub;

import io.temporal.api.enums.v1.ParentClosePolicy;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.ChildWorkflowFailure;
import io.temporal.workflow.ChildWorkflowCancellationType;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.Workflow;
import io.towpath.workflows.ActivityPolicy;
import io.towpath.workflows.TaskQueues;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.holder.HolderActivities;
import io.towpath.workflows.ledger.LedgerActivities;
import io.towpath.workflows.ledger.LedgerView;
import io.towpath.workflows.progress.Stages;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A run whose id is not the business key: it starts the run under the key, or attaches to it, and
 * has no effects of its own.
 */
final class ForeignRun {
  private final String type;
  private final EtlSpec spec;
  private final Stages stages;

  ForeignRun(String type, EtlSpec spec, Stages stages) {
    this.type = type;
    this.spec = spec;
    this.stages = stages;
  }

  /**
   * The holder's report, as NOOP unless this run started the holder. Where the work was not done,
   * it fails as the holder did, whoever started that.
   */
  @SuppressWarnings("unchecked")
  Map<String, Object> attach(Map<String, Object> request) {
    String key = spec.businessKey();
    while (true) {
      try {
        stages.say("check", "the work is done by " + key, Optional.empty());
        Map<String, Object> report =
            Workflow.newUntypedChildWorkflowStub(type, options(key)).execute(Map.class, request);
        stages.done("check", key + " ended " + report.get("outcome"));
        return report;
      } catch (ChildWorkflowFailure failure) {
        if (!(failure.getCause() instanceof WorkflowExecutionAlreadyStarted)) {
          throw ApplicationFailure.newNonRetryableFailure(
              key + ": " + reason(failure), kindOf(failure).name());
        }
      }
      LedgerView ended = follow(key);
      if (ended.report().isPresent()) {
        stages.done("check", key + " ended " + ended.outcome().orElse(""));
        return done(ended.report().get());
      }
    }
  }

  private static ChildWorkflowOptions options(String key) {
    return ChildWorkflowOptions.newBuilder()
        .setWorkflowId(key)
        .setTaskQueue(TaskQueues.WORKFLOWS)
        .setWorkflowIdReusePolicy(WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE)
        .setParentClosePolicy(ParentClosePolicy.PARENT_CLOSE_POLICY_ABANDON)
        .setCancellationType(ChildWorkflowCancellationType.WAIT_CANCELLATION_COMPLETED)
        .build();
  }

  private LedgerView follow(String key) {
    LedgerActivities ledger =
        stub(LedgerActivities.class, ActivityPolicy.quick(TaskQueues.S3, "look at " + key));
    refuseOther(ledger.look(key));
    stub(HolderActivities.class, ActivityPolicy.await(TaskQueues.WORKFLOWS, "wait for " + key))
        .awaitClosed(key);
    LedgerView ended = ledger.look(key);
    refuseOther(ended);
    return ended;
  }

  private void refuseOther(LedgerView ledger) {
    String ours = spec.digest().value();
    if (ledger.digest().isPresent() && !ledger.digest().get().equals(ours)) {
      throw ApplicationFailure.newNonRetryableFailure(
          spec.businessKey()
              + " holds another request (spec digest "
              + ledger.digest().get().substring(0, 12)
              + ", this one has "
              + ours.substring(0, 12)
              + "); "
              + spec.wayOut()
              + ", or start it with rerun: always when that one is over",
          FailureKind.CONFLICT.name(),
          List.of());
    }
  }

  private Map<String, Object> done(Map<String, Object> recorded) {
    String outcome = String.valueOf(recorded.get("outcome"));
    if (!outcome.startsWith("SUCCEEDED")) {
      Map<?, ?> failure = recorded.get("failure") instanceof Map<?, ?> map ? map : Map.of();
      throw ApplicationFailure.newNonRetryableFailure(
          spec.businessKey()
              + " ended "
              + outcome
              + (failure.get("message") == null ? "" : ": " + failure.get("message")),
          FailureKind.named(String.valueOf(failure.get("kind")), FailureKind.RUN_FAILED).name());
    }
    Map<String, Object> report = new TreeMap<>(recorded);
    report.put("outcome", "NOOP");
    return report;
  }
}
