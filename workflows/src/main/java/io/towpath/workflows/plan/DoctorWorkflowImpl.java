package io.towpath.workflows.plan;

import io.temporal.activity.ActivityOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import io.towpath.workflows.ActivityPolicy;
import io.towpath.workflows.TaskQueues;
import io.towpath.workflows.drs.DrsActivities;
import io.towpath.workflows.ledger.LedgerActivities;
import io.towpath.workflows.sevenbridges.SevenBridgesActivities;
import io.towpath.workflows.synapse.SynapseActivities;
import io.towpath.workflows.tower.TowerActivities;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Asks every platform who we are there, all at once, and gives up soon: a person waits. A platform
 * that the worker is not told of is no problem, for it serves other ETLs.
 */
public final class DoctorWorkflowImpl implements DoctorWorkflow {
  private static final String CONNECTION = "default";

  @Override
  public List<Check> examine() {
    SynapseActivities synapse =
        Workflow.newActivityStub(SynapseActivities.class, soon(TaskQueues.SYNAPSE));
    TowerActivities tower =
        Workflow.newActivityStub(TowerActivities.class, soon(TaskQueues.SEQERA));
    SevenBridgesActivities sevenBridges =
        Workflow.newActivityStub(SevenBridgesActivities.class, soon(TaskQueues.SEVEN_BRIDGES));
    DrsActivities drs = Workflow.newActivityStub(DrsActivities.class, soon(TaskQueues.DRS));
    LedgerActivities ledger = Workflow.newActivityStub(LedgerActivities.class, soon(TaskQueues.S3));
    Map<String, Promise<String>> asked = new LinkedHashMap<>();
    asked.put("synapse", Async.function(synapse::whoAmI, CONNECTION));
    asked.put("seqera", Async.function(tower::whoAmI, CONNECTION));
    asked.put("sevenbridges", Async.function(sevenBridges::whoAmI, CONNECTION));
    asked.put("drs", Async.function(drs::whoAmI, CONNECTION));
    asked.put("ledger", Async.function(ledger::examine));
    List<Check> checks = new ArrayList<>();
    asked.forEach((name, answer) -> checks.add(check(name, answer)));
    return checks;
  }

  private static ActivityOptions soon(String queue) {
    return ActivityPolicy.preflight(queue, "examine the connection", Duration.ofSeconds(20));
  }

  private static Check check(String name, Promise<String> answer) {
    try {
      return new Check(name, true, answer.get());
    } catch (ActivityFailure failure) {
      return new Check(name, false, io.towpath.workflows.progress.Operator.reason(failure));
    }
  }
}
