package io.towpath.activities.containers.aws;

import io.towpath.activities.connections.Examined.Findings;
import io.towpath.activities.containers.ContainerExecutor;
import io.towpath.activities.containers.ContainerRuns;
import io.towpath.activities.containers.TooLarge;
import io.towpath.activities.http.AwsCalls;
import io.towpath.activities.http.PlatformCalls;
import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.containers.ContainerActivities.ImageSpec;
import io.towpath.workflows.containers.Executor;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.model.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** AWS Batch in one account and region. */
public final class BatchExecutor implements ContainerExecutor {
  private static final String QUEUE = "executor.queue";

  private final BatchJobsClient client;
  private final LogsClient logs;
  private final AwsConnection connection;

  /**
   * @param calls is told of each call
   */
  public BatchExecutor(AwsConnection connection, PlatformCalls calls) {
    AwsClients clients = new AwsClients(connection, List.of(new AwsCalls(calls)));
    this.client = new BatchJobsClient(clients.batch());
    this.logs = new LogsClient(clients.logs());
    this.connection = connection;
  }

  @Override
  public Findings examine() {
    client.jobs(Set.of("00000000-0000-0000-0000-000000000000"));
    return Findings.of(
        "AWS Batch in " + connection.region().orElse("the default region"),
        "batch:RegisterJobDefinition, SubmitJob and TerminateJob",
        "iam:PassRole");
  }

  @Override
  public List<Problem> check(ImageSpec spec) {
    List<Problem> problems = new ArrayList<>(AwsSecrets.check(spec.secrets()));
    if (spec.executor().queue().isEmpty()) {
      problems.add(new Problem(QUEUE, "is missing; expected a job queue's name or ARN"));
      return problems;
    }
    try {
      check(spec, BatchQueue.of(client, spec.executor().queue().get()), problems);
    } catch (PlatformException e) {
      if (e.kind() == FailureKind.PLATFORM_UNAVAILABLE) {
        throw e;
      }
      problems.add(new Problem(QUEUE, String.valueOf(e.getMessage())));
    }
    return problems;
  }

  private static void check(ImageSpec spec, BatchQueue machines, List<Problem> problems) {
    if (spec.cpus() > machines.mostCpus()) {
      problems.add(
          TooLarge.cpus(
              spec.cpus(), machines.mostCpus(), "the queue's compute environments have in all"));
    }
    if (machines.fargate()) {
      FargateSize.check(spec.cpus(), spec.memoryMb()).ifPresent(problems::add);
      if (spec.executor().executionRole().isEmpty()) {
        problems.add(
            new Problem("executor.executionRole", "is missing; Fargate pulls images with it"));
      }
    }
  }

  @Override
  public ContainerRuns runs(Executor place) {
    String queue =
        place
            .queue()
            .orElseThrow(
                () ->
                    new PlatformException(
                        FailureKind.INPUT_REJECTED, QUEUE + " is missing for aws-batch"));
    return new BatchRuns(client, logs, place, queue);
  }
}
