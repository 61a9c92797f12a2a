package io.towpath.workflows.containers;

import java.util.List;
import java.util.Optional;

/**
 * Where containers run, as a request names it.
 *
 * @param type {@code podman}, {@code docker}, {@code aws-batch}, {@code aws-ecs} or {@code
 *     kubernetes}
 * @param connection name of the connection on the worker
 * @param queue job queue of AWS Batch
 * @param cluster cluster of AWS ECS
 * @param subnets subnets of AWS ECS tasks
 * @param securityGroups security groups of AWS ECS tasks
 * @param executionRole role with which AWS pulls images and reads secrets
 * @param jobRole role that the program has at AWS
 * @param namespace namespace of Kubernetes
 */
public record Executor(
    String type,
    String connection,
    Optional<String> queue,
    Optional<String> cluster,
    List<String> subnets,
    List<String> securityGroups,
    Optional<String> executionRole,
    Optional<String> jobRole,
    Optional<String> namespace) {
  public Executor {
    subnets = subnets == null ? List.of() : List.copyOf(subnets);
    securityGroups = securityGroups == null ? List.of() : List.copyOf(securityGroups);
  }
}
