package io.towpath.workflows.containers;

import io.towpath.workflows.model.SpecDigest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One program in a container. Everything in it is part of what the operation key stands for.
 *
 * @param image {@code name@sha256:…}; never a tag
 * @param command the arguments, one by one; no shell reads them
 * @param environment variables that anybody may see
 * @param secrets what the program gets as secret by name, as references ({@code env:}, {@code
 *     file:}, {@code aws-sm:}, {@code aws-ssm:}, {@code seqera:}) that the worker or the executor
 *     resolves. A Docker engine shows them as the files {@code /run/secrets/NAME}, whose paths
 *     stand in {@code NAME_FILE}; AWS and Kubernetes as variables, from their own stores; Seqera
 *     gives them to the processes of the pipeline that name them
 * @param cpus whole or partial processors
 * @param memoryMb MiB
 * @param timeout after this the executor ends it
 */
public record ContainerSpec(
    String image,
    List<String> command,
    Map<String, String> environment,
    Map<String, String> secrets,
    double cpus,
    int memoryMb,
    Duration timeout) {
  public ContainerSpec {
    command = List.copyOf(command);
    environment = new TreeMap<>(environment == null ? Map.of() : environment);
    secrets = new TreeMap<>(secrets == null ? Map.of() : secrets);
  }

  /** What tells whether a container under our name is this one; a label of it. */
  public SpecDigest digest() {
    return SpecDigest.of(
        Map.of(
            "image", image,
            "command", command,
            "environment", environment,
            "secrets", secrets,
            "cpus", cpus,
            "memoryMb", memoryMb,
            "timeout", timeout.toString()));
  }
}
