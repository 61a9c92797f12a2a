package io.towpath.workflows.plan;

import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import io.towpath.workflows.ActivityPolicy;
import io.towpath.workflows.TaskQueues;
import io.towpath.workflows.connections.ConnectionsActivities;
import io.towpath.workflows.model.Check;
import io.towpath.workflows.progress.Operator;
import java.time.Duration;
import java.util.List;

/**
 * Asks on every connection who we are there, all at once, and gives up soon: a person waits. A
 * platform that the worker is not told of is no problem, for it serves other ETLs.
 */
public final class DoctorWorkflowImpl implements DoctorWorkflow {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final List<String> QUEUES =
      List.of(
          TaskQueues.SYNAPSE,
          TaskQueues.SEQERA,
          TaskQueues.SEVEN_BRIDGES,
          TaskQueues.DRS,
          TaskQueues.S3,
          TaskQueues.CONTAINERS);

  @Override
  public List<Check> examine() {
    List<Promise<List<Check>>> asked =
        QUEUES.stream().map(queue -> Async.function(() -> on(queue))).toList();
    return asked.stream().flatMap(checks -> checks.get().stream()).toList();
  }

  private static List<Check> on(String queue) {
    ConnectionsActivities there =
        Workflow.newActivityStub(
            ConnectionsActivities.class,
            ActivityPolicy.preflight(queue, "examine the connections", PATIENCE));
    try {
      List<Promise<Check>> asked =
          there.names().stream().map(name -> Async.function(() -> check(there, name))).toList();
      return asked.stream().map(Promise::get).toList();
    } catch (ActivityFailure failure) {
      return List.of(new Check(queue, false, Operator.reason(failure)));
    }
  }

  private static Check check(ConnectionsActivities there, String name) {
    try {
      return there.examine(name);
    } catch (ActivityFailure failure) {
      return new Check(name, false, Operator.reason(failure));
    }
  }
}
