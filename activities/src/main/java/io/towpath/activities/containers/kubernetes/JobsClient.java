package io.towpath.activities.containers.kubernetes;

import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.ScalableResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.failure.FailureKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Jobs, pods and secrets of one namespace: one method, one endpoint, one call. */
final class JobsClient {
  private static final long PAGE = 500;

  private final KubernetesClient client;
  private final KubernetesCall calls;
  private final String namespace;

  /**
   * @param client one that repeats nothing: by default it sends a create eleven times
   */
  JobsClient(KubernetesClient client, KubernetesCall calls, String namespace) {
    this.client = client;
    this.calls = calls;
    this.namespace = namespace;
  }

  /** {@code POST jobs}; {@code CONFLICT} when the name is taken. */
  Job create(Job job) {
    return calls.once("create job", () -> jobs().resource(job).create());
  }

  /** {@code GET jobs/NAME}; empty when there is none. */
  Optional<Job> job(String name) {
    return calls.repeatable("get job", () -> Optional.ofNullable(jobs().withName(name).get()));
  }

  /** {@code GET jobs} by label, all pages. */
  List<Job> labelled(String label) {
    List<Job> found = new ArrayList<>();
    @Nullable String next = null;
    do {
      ListOptions options =
          new ListOptionsBuilder()
              .withLabelSelector(label)
              .withLimit(PAGE)
              .withContinue(next)
              .build();
      JobList page = calls.repeatable("list jobs", () -> jobs().list(options));
      found.addAll(page.getItems());
      next = page.getMetadata() == null ? null : page.getMetadata().getContinue();
    } while (next != null && !next.isEmpty());
    return found;
  }

  /** {@code PATCH jobs/NAME}: lets a suspended one begin; may be repeated. */
  void resume(String name) {
    calls.once(
        "resume job",
        () ->
            jobs()
                .withName(name)
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"suspend\":false}}"));
  }

  /** {@code DELETE jobs/NAME} with its pods; may be repeated. */
  void delete(String name) {
    calls.once(
        "delete job",
        () -> jobs().withName(name).withPropagationPolicy(DeletionPropagation.BACKGROUND).delete());
  }

  /** {@code POST secrets}; one of this name may be there already. */
  void putSecret(Secret secret) {
    try {
      calls.once(
          "create secret", () -> client.secrets().inNamespace(namespace).resource(secret).create());
    } catch (PlatformException e) {
      if (e.status() != 409) {
        throw e;
      }
    }
  }

  /** {@code GET pods} by label. */
  List<Pod> pods(String label) {
    ListOptions options = new ListOptionsBuilder().withLabelSelector(label).build();
    return calls.repeatable(
        "list pods", () -> client.pods().inNamespace(namespace).list(options).getItems());
  }

  /** {@code GET nodes}; none where the worker may not see them. */
  List<Node> nodes() {
    return unlessHidden(() -> client.nodes().list().getItems(), "list nodes");
  }

  /** {@code GET resourcequotas} of the namespace; none where the worker may not see them. */
  List<ResourceQuota> quotas() {
    return unlessHidden(
        () -> client.resourceQuotas().inNamespace(namespace).list().getItems(), "list quotas");
  }

  private <T> List<T> unlessHidden(Supplier<List<T>> call, String what) {
    try {
      return calls.repeatable(what, call);
    } catch (PlatformException e) {
      if (e.kind() == FailureKind.ACCESS_DENIED) {
        return List.of();
      }
      throw e;
    }
  }

  /** {@code GET pods/NAME/log}; empty when the pod is gone. */
  Optional<String> log(String pod, int most) {
    try {
      return Optional.ofNullable(
          calls.repeatable(
              "get log",
              () -> client.pods().inNamespace(namespace).withName(pod).limitBytes(most).getLog()));
    } catch (PlatformException e) {
      if (e.status() == 404) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private NonNamespaceOperation<Job, JobList, ScalableResource<Job>> jobs() {
    return client.batch().v1().jobs().inNamespace(namespace);
  }
}
