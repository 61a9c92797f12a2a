package io.towpath.workflows.containers;

import java.util.List;
import java.util.Optional;

/**
 * Where containers run, as a request names it.
 *
 * @param type {@code podman}, {@code docker}, {@code aws-batch}, {@code aws-ecs}, {@code
 *     kubernetes} or {@code seqera}
 * @param connection name of the connection on the worker
 * @param queue job queue of AWS Batch
 * @param cluster cluster of AWS ECS
 * @param subnets subnets of AWS ECS tasks
 * @param securityGroups security groups of AWS ECS tasks
 * @param executionRole role with which AWS pulls images and reads secrets
 * @param jobRole role that the program has at AWS
 * @param namespace namespace of Kubernetes
 * @param pipeline what runs as a container does, at Seqera
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
    Optional<String> namespace,
    Optional<Pipeline> pipeline) {

  /**
   * A Nextflow pipeline whose runs stand for containers.
   *
   * @param repository repository URL, {@code owner/name}, or the name or id of a launchpad pipeline
   * @param revision tag or commit; empty means the launchpad's own
   * @param computeEnv a compute environment's id or name; empty is the workspace's primary one
   * @param profiles Nextflow profiles
   */
  public record Pipeline(
      String repository,
      Optional<String> revision,
      Optional<String> computeEnv,
      List<String> profiles) {
    public Pipeline {
      profiles = profiles == null ? List.of() : List.copyOf(profiles);
    }
  }

  public Executor {
    pipeline = pipeline == null ? Optional.empty() : pipeline;
    subnets = subnets == null ? List.of() : List.copyOf(subnets);
    securityGroups = securityGroups == null ? List.of() : List.copyOf(securityGroups);
  }

  /** The same with another pipeline. */
  public Executor with(Pipeline other) {
    return new Executor(
        type,
        connection,
        queue,
        cluster,
        subnets,
        securityGroups,
        executionRole,
        jobRole,
        namespace,
        Optional.of(other));
  }
}
