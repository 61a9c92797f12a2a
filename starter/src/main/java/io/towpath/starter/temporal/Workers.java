package io.towpath.starter.temporal;

import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.TaskQueueType;
import io.temporal.api.taskqueue.v1.TaskQueue;
import io.temporal.api.workflowservice.v1.DescribeTaskQueueRequest;
import io.temporal.api.workflowservice.v1.DescribeTaskQueueResponse;
import io.towpath.starter.exit.Stop;
import io.towpath.workflows.TaskQueues;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Whether workers poll, as far as the server tells. */
public final class Workers {
  /** A worker that says it is ready has sent its first poll, which may not have arrived. */
  private static final Duration START = Duration.ofSeconds(2);

  private final TemporalConnection connection;

  public Workers(TemporalConnection connection) {
    this.connection = connection;
  }

  /**
   * Pollers seen lately on a queue, also those that died within the last minutes; empty when the
   * server does not tell.
   */
  public OptionalInt pollers(String taskQueue, boolean activities) {
    return described(taskQueue, activities)
        .map(queue -> OptionalInt.of(queue.getPollersCount()))
        .orElseGet(OptionalInt::empty);
  }

  /** Which version of the workers gets runs; empty when the server does not tell. */
  Optional<WorkerVersions> versions() {
    return described(TaskQueues.WORKFLOWS, false).map(WorkerVersions::of);
  }

  private Optional<DescribeTaskQueueResponse> described(String taskQueue, boolean activities) {
    try {
      return Optional.of(
          connection
              .stubs()
              .blockingStub()
              .describeTaskQueue(
                  DescribeTaskQueueRequest.newBuilder()
                      .setNamespace(connection.namespace())
                      .setTaskQueue(TaskQueue.newBuilder().setName(taskQueue))
                      .setTaskQueueType(
                          activities
                              ? TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY
                              : TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW)
                      .build()));
    } catch (StatusRuntimeException e) {
      return Optional.empty();
    }
  }

  /** Whether the server knows that nobody polls for workflows. */
  public boolean nobodyPolls() {
    OptionalInt pollers = pollers(TaskQueues.WORKFLOWS, false);
    return pollers.isPresent() && pollers.getAsInt() == 0;
  }

  /** Ends the command when nobody polls for workflows, nor begins to while a worker starts. */
  public void mustPoll() {
    Instant begun = Instant.now();
    while (nobodyPolls()) {
      if (Duration.between(begun, Instant.now()).compareTo(START) > 0) {
        throw nobodyAnswers();
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
    }
  }

  /** What ends a command that found no worker. */
  public Stop nobodyAnswers() {
    Optional<WorkerVersions> passedOver = versions().filter(found -> !found.ok());
    return Stop.unreachable(
        "no worker answers on task queue \""
            + TaskQueues.WORKFLOWS
            + "\" of namespace "
            + connection.namespace()
            + " at "
            + connection.address()
            + ".\n"
            + passedOver
                .map(WorkerVersions::text)
                .orElse(
                    "Start one with \"./towpath worker\", or server, sandbox and worker with"
                        + " \"./towpath dev\"."));
  }
}
