package io.towpath.activities.containers.kubernetes;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.towpath.workflows.containers.ContainerSpec;
import io.towpath.workflows.containers.RunContainer;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The job of one container, and the secret that belongs to it. */
final class JobBody {
  static final String KEY = "towpath.io/key";
  static final String DIGEST = "towpath.io/digest";
  static final String CONTAINER = "main";

  private JobBody() {}

  /**
   * One pod, never a second one, and nothing of ours that deletes it. With secrets it waits until
   * they are there.
   */
  static Job of(RunContainer request) {
    ContainerSpec spec = request.spec();
    Map<String, String> labels = Map.of(KEY, request.key().value());
    Map<String, Quantity> resources =
        Map.of(
            "cpu", new Quantity(BigDecimal.valueOf(spec.cpus()).toPlainString()),
            "memory", new Quantity(String.valueOf(spec.memoryMb()), "Mi"));
    return new JobBuilder()
        .withNewMetadata()
        .withName(request.name())
        .withLabels(labels)
        .withAnnotations(
            Map.of(DIGEST, spec.digest().value(), "towpath.io/for", request.claim().businessKey()))
        .endMetadata()
        .withNewSpec()
        .withSuspend(!spec.secrets().isEmpty())
        .withBackoffLimit(0)
        .withParallelism(1)
        .withCompletions(1)
        .withPodReplacementPolicy("Failed")
        .withActiveDeadlineSeconds(Math.max(1, spec.timeout().toSeconds()))
        .withNewTemplate()
        .withNewMetadata()
        .withLabels(labels)
        .endMetadata()
        .withNewSpec()
        .withRestartPolicy("Never")
        .withAutomountServiceAccountToken(false)
        .addNewContainer()
        .withName(CONTAINER)
        .withImage(spec.image())
        .withArgs(spec.command())
        .withEnv(environment(request))
        .withNewResources()
        .withRequests(resources)
        .withLimits(resources)
        .endResources()
        .endContainer()
        .endSpec()
        .endTemplate()
        .endSpec()
        .build();
  }

  /** Goes with its job. */
  static Secret secret(Job owner, Map<String, io.towpath.activities.config.Secret> values) {
    Map<String, String> data = new TreeMap<>();
    values.forEach((name, value) -> data.put(name, value.reveal()));
    return new SecretBuilder()
        .withNewMetadata()
        .withName(owner.getMetadata().getName())
        .withLabels(owner.getMetadata().getLabels())
        .withOwnerReferences(
            new OwnerReferenceBuilder()
                .withApiVersion("batch/v1")
                .withKind("Job")
                .withName(owner.getMetadata().getName())
                .withUid(owner.getMetadata().getUid())
                .build())
        .endMetadata()
        .withType("Opaque")
        .withImmutable(true)
        .withStringData(data)
        .build();
  }

  private static List<EnvVar> environment(RunContainer request) {
    List<EnvVar> variables = new ArrayList<>();
    request
        .spec()
        .environment()
        .forEach(
            (name, value) ->
                variables.add(new EnvVarBuilder().withName(name).withValue(value).build()));
    request
        .spec()
        .secrets()
        .keySet()
        .forEach(
            name ->
                variables.add(
                    new EnvVarBuilder()
                        .withName(name)
                        .withNewValueFrom()
                        .withNewSecretKeyRef(name, request.name(), false)
                        .endValueFrom()
                        .build()));
    return variables;
  }
}
