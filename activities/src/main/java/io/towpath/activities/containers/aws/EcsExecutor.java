package io.towpath.activities.containers.aws;

import io.towpath.activities.connections.Examined.Findings;
import io.towpath.activities.containers.ContainerExecutor;
import io.towpath.activities.containers.ContainerRuns;
import io.towpath.activities.http.AwsCalls;
import io.towpath.activities.http.PlatformCalls;
import io.towpath.activities.http.PlatformException;
import io.towpath.activities.submit.SubmitLedger;
import io.towpath.workflows.containers.ContainerActivities.ImageSpec;
import io.towpath.workflows.containers.Executor;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.model.Problem;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;

/** AWS ECS in one account and region. */
public final class EcsExecutor implements ContainerExecutor {
  private static final String CLUSTER = "executor.cluster";

  private final EcsClient ecs;
  private final LogsClient logs;
  private final AwsConnection connection;
  private final SubmitLedger ledger;

  /**
   * @param calls is told of each call
   * @param ledger remembers which sends could not be placed
   */
  public EcsExecutor(AwsConnection connection, PlatformCalls calls, SubmitLedger ledger) {
    AwsClients clients = new AwsClients(connection, List.of(new AwsCalls(calls)));
    this.ecs = clients.ecs();
    this.logs = new LogsClient(clients.logs());
    this.connection = connection;
    this.ledger = ledger;
  }

  @Override
  public Findings examine() {
    AwsCall.repeatable("AWS ECS DescribeClusters", () -> ecs.describeClusters());
    return Findings.of(
        "AWS ECS in " + region(),
        "ecs:RegisterTaskDefinition, RunTask and StopTask",
        "iam:PassRole");
  }

  @Override
  public List<Problem> check(ImageSpec spec) {
    Executor executor = spec.executor();
    List<Problem> problems = new ArrayList<>(AwsSecrets.check(spec.secrets()));
    if (TaskRequests.onFargate(executor)) {
      FargateSize.check(spec.cpus(), spec.memoryMb()).ifPresent(problems::add);
      if (executor.executionRole().isEmpty()) {
        problems.add(
            new Problem(
                "executor.executionRole",
                "is missing; Fargate pulls images and writes logs with it"));
      }
    }
    cluster(executor, problems);
    return problems;
  }

  private void cluster(Executor executor, List<Problem> problems) {
    if (executor.cluster().isEmpty()) {
      problems.add(new Problem(CLUSTER, "is missing; expected a cluster's name or ARN"));
      return;
    }
    try {
      new EcsTasksClient(ecs, executor.cluster().get()).startedBy("tp-", DesiredStatus.RUNNING);
    } catch (PlatformException e) {
      if (e.kind() == FailureKind.PLATFORM_UNAVAILABLE) {
        throw e;
      }
      problems.add(new Problem(CLUSTER, String.valueOf(e.getMessage())));
    }
  }

  @Override
  public ContainerRuns runs(Executor place) {
    String cluster =
        place
            .cluster()
            .orElseThrow(
                () ->
                    new PlatformException(
                        FailureKind.INPUT_REJECTED, CLUSTER + " is missing for aws-ecs"));
    return new EcsRuns(
        new EcsTasksClient(ecs, cluster),
        logs,
        new TaskRequests(place, cluster, region(), connection.logGroup()),
        ledger,
        connection.logGroup());
  }

  private String region() {
    return connection.region().orElseGet(() -> ecs.serviceClientConfiguration().region().id());
  }
}
