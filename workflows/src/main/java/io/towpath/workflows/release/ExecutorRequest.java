package io.towpath.workflows.release;

import io.towpath.workflows.containers.Executor;
import io.towpath.workflows.containers.Executor.Pipeline;
import io.towpath.workflows.request.Fields;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads where containers run, and says what a type of executor needs. */
final class ExecutorRequest {
  private static final List<String> TYPES =
      List.of("docker", "podman", "aws-batch", "aws-ecs", "kubernetes", "seqera");

  /** Fields that a type cannot do without. */
  private static final Map<String, List<String>> NEEDED =
      Map.of(
          "aws-batch", List.of("queue", "executionRole"),
          "aws-ecs", List.of("cluster", "executionRole"),
          "seqera", List.of("pipeline"));

  private ExecutorRequest() {}

  static Executor read(Fields fields) {
    Executor executor =
        new Executor(
            fields.choice("type", TYPES, "what runs containers"),
            fields.text("connection", "default", "name of the executor's connection on the worker"),
            fields.optionalText("queue", "job queue of AWS Batch"),
            fields.optionalText("cluster", "cluster of AWS ECS"),
            fields.texts("subnets", List.of(), "subnets of AWS ECS tasks"),
            fields.texts("securityGroups", List.of(), "security groups of AWS ECS tasks"),
            fields.optionalText("executionRole", "role that pulls images and reads secrets at AWS"),
            fields.optionalText("jobRole", "role of the program at AWS"),
            fields.optionalText("namespace", "namespace of Kubernetes"),
            readPipeline(fields));
    Map<String, Optional<String>> given =
        Map.of(
            "queue", executor.queue(),
            "cluster", executor.cluster(),
            "executionRole", executor.executionRole(),
            "pipeline", executor.pipeline().map(Pipeline::repository));
    NEEDED.getOrDefault(executor.type(), List.of()).stream()
        .filter(name -> given.getOrDefault(name, Optional.empty()).isEmpty())
        .forEach(name -> fields.problem(name, "missing; " + executor.type() + " needs it"));
    return executor;
  }

  private static Optional<Pipeline> readPipeline(Fields fields) {
    Optional<String> repository =
        fields.optionalText(
            "pipeline", "Nextflow pipeline at Seqera: URL, owner/name, or the launchpad's name");
    Optional<String> revision = fields.optionalText("revision", "its tag or commit");
    Optional<String> computeEnv =
        fields.optionalText("computeEnv", "id or name of a compute environment at Seqera");
    List<String> profiles = fields.texts("profiles", List.of(), "Nextflow profiles");
    return repository.map(name -> new Pipeline(name, revision, computeEnv, profiles));
  }

  /** As the ledger keeps it. */
  static Map<String, Object> json(Executor executor) {
    Map<String, Object> json = new TreeMap<>();
    json.put("type", executor.type());
    json.put("connection", executor.connection());
    executor.queue().ifPresent(queue -> json.put("queue", queue));
    executor.cluster().ifPresent(cluster -> json.put("cluster", cluster));
    executor.namespace().ifPresent(namespace -> json.put("namespace", namespace));
    executor.pipeline().ifPresent(pipeline -> json.put("pipeline", json(pipeline)));
    return json;
  }

  static Map<String, Object> json(Pipeline pipeline) {
    Map<String, Object> json = new TreeMap<>();
    json.put("repository", pipeline.repository());
    pipeline.revision().ifPresent(revision -> json.put("revision", revision));
    pipeline.computeEnv().ifPresent(name -> json.put("computeEnv", name));
    json.put("profiles", pipeline.profiles());
    return json;
  }
}
