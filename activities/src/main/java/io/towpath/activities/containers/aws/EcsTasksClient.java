package io.towpath.activities.containers.aws;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ClientException;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.DescribeTasksResponse;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.ListTasksResponse;
import software.amazon.awssdk.services.ecs.model.LogDriver;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.RunTaskResponse;
import software.amazon.awssdk.services.ecs.model.Secret;

/** AWS ECS: one method, one operation, one call. */
final class EcsTasksClient {
  /** The name of the one container of a task. */
  static final String CONTAINER = "main";

  /** What the names of log streams begin with. */
  static final String STREAM = "tp";

  private final EcsClient ecs;
  private final String cluster;

  EcsTasksClient(EcsClient ecs, String cluster) {
    this.ecs = ecs;
    this.cluster = cluster;
  }

  String cluster() {
    return cluster;
  }

  /** {@code RegisterTaskDefinition}: one more revision; equal ones do no harm. */
  void define(RegisterTaskDefinitionRequest definition) {
    AwsCall.repeatable(
        "AWS ECS RegisterTaskDefinition", () -> ecs.registerTaskDefinition(definition));
  }

  /** {@code DescribeTaskDefinition}: whether the family has an active revision. */
  boolean isDefined(String family) {
    return AwsCall.repeatable(
        "AWS ECS DescribeTaskDefinition",
        () -> {
          try {
            return "ACTIVE"
                .equals(
                    ecs.describeTaskDefinition(r -> r.taskDefinition(family))
                        .taskDefinition()
                        .statusAsString());
          } catch (ClientException e) {
            return false;
          }
        });
  }

  /** {@code RunTask} under a client token of ours. */
  RunTaskResponse run(RunTaskRequest request) {
    return AwsCall.once("AWS ECS RunTask", () -> ecs.runTask(request));
  }

  /** {@code ListTasks} by who started them, all pages: their ARNs. */
  List<String> startedBy(String name, DesiredStatus status) {
    List<String> found = new ArrayList<>();
    @Nullable String token = null;
    do {
      String next = token;
      ListTasksResponse page =
          AwsCall.repeatable(
              "AWS ECS ListTasks",
              () ->
                  ecs.listTasks(
                      r ->
                          r.cluster(cluster)
                              .startedBy(name)
                              .desiredStatus(status)
                              .nextToken(next)));
      found.addAll(page.taskArns());
      token = page.nextToken();
    } while (token != null);
    return found;
  }

  /** {@code DescribeTasks}, at most 100; unknown ones come as failures. */
  DescribeTasksResponse tasks(Collection<String> arns) {
    return AwsCall.repeatable(
        "AWS ECS DescribeTasks", () -> ecs.describeTasks(r -> r.cluster(cluster).tasks(arns)));
  }

  /** {@code StopTask}: SIGTERM, after 30 s SIGKILL; may be repeated. */
  void stop(String arn, String reason) {
    AwsCall.once(
        "AWS ECS StopTask", () -> ecs.stopTask(r -> r.cluster(cluster).task(arn).reason(reason)));
  }

  /** The one container of a definition. */
  static ContainerDefinition container(Definition definition, String region) {
    return ContainerDefinition.builder()
        .name(CONTAINER)
        .image(definition.image())
        .cpu(definition.cpu())
        .memory(definition.memoryMb())
        .essential(true)
        .secrets(
            definition.secrets().entrySet().stream()
                .map(s -> Secret.builder().name(s.getKey()).valueFrom(s.getValue()).build())
                .toList())
        .logConfiguration(
            l ->
                l.logDriver(LogDriver.AWSLOGS)
                    .options(
                        Map.of(
                            "awslogs-group",
                            definition.log(),
                            "awslogs-region",
                            region,
                            "awslogs-stream-prefix",
                            STREAM,
                            "awslogs-create-group",
                            "true")))
        .build();
  }
}
