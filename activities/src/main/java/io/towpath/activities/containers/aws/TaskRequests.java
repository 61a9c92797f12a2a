package io.towpath.activities.containers.aws;

import io.towpath.activities.http.PlatformException;
import io.towpath.activities.store.S3Documents;
import io.towpath.workflows.containers.ContainerSpec;
import io.towpath.workflows.containers.Executor;
import io.towpath.workflows.containers.RunContainer;
import io.towpath.workflows.failure.FailureKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ecs.model.AssignPublicIp;
import software.amazon.awssdk.services.ecs.model.Compatibility;
import software.amazon.awssdk.services.ecs.model.ContainerOverride;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;

/**
 * What is sent to AWS ECS. It is built from the request alone: under one client token all
 * parameters must be equal. With subnets tasks run on Fargate, without them on the cluster's own
 * machines.
 */
final class TaskRequests {
  private static final int MOST_OF_OVERRIDES = 8_192;

  private final Executor executor;
  private final String cluster;
  private final String region;
  private final String logGroup;

  TaskRequests(Executor executor, String cluster, String region, String logGroup) {
    this.executor = executor;
    this.cluster = cluster;
    this.region = region;
    this.logGroup = logGroup;
  }

  static boolean onFargate(Executor executor) {
    return !executor.subnets().isEmpty();
  }

  Definition definition(ContainerSpec spec) {
    return Definition.of(spec, executor, logGroup, onFargate(executor));
  }

  RegisterTaskDefinitionRequest register(Definition definition) {
    RegisterTaskDefinitionRequest.Builder request =
        RegisterTaskDefinitionRequest.builder()
            .family(definition.name())
            .containerDefinitions(EcsTasksClient.container(definition, region));
    executor.executionRole().ifPresent(request::executionRoleArn);
    executor.jobRole().ifPresent(request::taskRoleArn);
    if (onFargate(executor)) {
      request
          .networkMode(NetworkMode.AWSVPC)
          .requiresCompatibilities(Compatibility.FARGATE)
          .cpu(String.valueOf(definition.cpu()))
          .memory(String.valueOf(definition.memoryMb()));
    }
    return request.build();
  }

  RunTaskRequest run(RunContainer wanted, String token) {
    Map<String, String> environment = Definition.environment(wanted.spec());
    requireShort(wanted.spec().command(), environment);
    List<KeyValuePair> variables = new ArrayList<>();
    environment.forEach(
        (name, value) -> variables.add(KeyValuePair.builder().name(name).value(value).build()));
    RunTaskRequest.Builder request =
        RunTaskRequest.builder()
            .cluster(cluster)
            .taskDefinition(definition(wanted.spec()).name())
            .count(1)
            .startedBy(wanted.name())
            .clientToken(token)
            .overrides(
                o ->
                    o.containerOverrides(
                        ContainerOverride.builder()
                            .name(EcsTasksClient.CONTAINER)
                            .command(wanted.spec().command())
                            .environment(variables)
                            .build()));
    if (onFargate(executor)) {
      request
          .launchType(LaunchType.FARGATE)
          .networkConfiguration(
              n ->
                  n.awsvpcConfiguration(
                      v ->
                          v.subnets(executor.subnets())
                              .securityGroups(executor.securityGroups())
                              .assignPublicIp(AssignPublicIp.DISABLED)));
    } else {
      request.launchType(LaunchType.EC2);
    }
    return request.build();
  }

  private static void requireShort(List<String> command, Map<String, String> environment) {
    List<Map<String, String>> variables = new ArrayList<>();
    environment.forEach((name, value) -> variables.add(Map.of("name", name, "value", value)));
    int length =
        S3Documents.JSON
            .valueToTree(
                Map.of(
                    "containerOverrides",
                    List.of(
                        Map.of(
                            "name",
                            EcsTasksClient.CONTAINER,
                            "command",
                            command,
                            "environment",
                            variables))))
            .toString()
            .length();
    if (length > MOST_OF_OVERRIDES) {
      throw new PlatformException(
          FailureKind.INPUT_REJECTED,
          "command and environment have "
              + length
              + " characters of JSON; AWS ECS takes at most "
              + MOST_OF_OVERRIDES
              + ", so put long values into a file that the program reads");
    }
  }
}
