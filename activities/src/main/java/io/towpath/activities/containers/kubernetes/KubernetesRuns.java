package io.towpath.activities.containers.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.towpath.activities.config.Secret;
import io.towpath.activities.containers.ContainerRuns;
import io.towpath.activities.containers.ContainerState;
import io.towpath.activities.containers.WorkerSecrets;
import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.containers.RunContainer;
import io.towpath.workflows.failure.FailureKind;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Jobs of one namespace. The name is unique; a job with secrets is made suspended, given its
 * secret, which it owns, and let go, all of which may be repeated.
 */
final class KubernetesRuns implements ContainerRuns {
  /** Webhooks and janitors of a cluster may remove a finished job at once. */
  private static final Duration HORIZON = Duration.ofHours(1);

  private static final int MOST_OF_A_LOG = 64 << 20;

  private final JobsClient client;
  private final WorkerSecrets secrets;

  KubernetesRuns(JobsClient client, WorkerSecrets secrets) {
    this.client = client;
    this.secrets = secrets;
  }

  @Override
  public List<ContainerState> find(String name) {
    return one(name).stream().toList();
  }

  @Override
  public void prepare(RunContainer request, Runnable alive) {
    secrets.resolved(request.spec().secrets());
  }

  @Override
  public String submit(RunContainer request) {
    Job job = made(request);
    Map<String, Secret> values = secrets.resolved(request.spec().secrets());
    if (!values.isEmpty()) {
      client.putSecret(JobBody.secret(job, values));
      client.resume(request.name());
    }
    return request.name();
  }

  /** A taken name is ours if its digest is; the code says that it is taken, not the reason. */
  private Job made(RunContainer request) {
    Optional<Job> there = client.job(request.name());
    if (there.isEmpty()) {
      try {
        return client.create(JobBody.of(request));
      } catch (PlatformException e) {
        if (e.kind() != FailureKind.CONFLICT) {
          throw e;
        }
        there = client.job(request.name());
      }
    }
    return there
        .filter(
            job ->
                JobState.of(job, Optional.empty()).digest().equals(request.spec().digest().value()))
        .orElseThrow(
            () ->
                new PlatformException(
                    FailureKind.CONFLICT, "job " + request.name() + " exists and is another's"));
  }

  @Override
  public Map<String, ContainerState> sweep(Set<String> ids) {
    Map<String, Pod> pods = new HashMap<>();
    for (Pod pod : client.pods(JobBody.KEY)) {
      pods.put(pod.getMetadata().getLabels().get(JobBody.KEY), pod);
    }
    Map<String, ContainerState> seen = new HashMap<>();
    for (Job job : client.labelled(JobBody.KEY)) {
      seen.put(job.getMetadata().getName(), JobState.of(job, pod(job, pods)));
    }
    return seen;
  }

  private static Optional<Pod> pod(Job job, Map<String, Pod> pods) {
    return Optional.ofNullable(pods.get(job.getMetadata().getLabels().get(JobBody.KEY)));
  }

  @Override
  public Optional<ContainerState> one(String id) {
    return client.job(id).map(job -> JobState.of(job, podOf(job)));
  }

  private Optional<Pod> podOf(Job job) {
    return Optional.ofNullable(job.getMetadata().getLabels())
        .map(labels -> labels.get(JobBody.KEY))
        .flatMap(key -> client.pods(JobBody.KEY + "=" + key).stream().findFirst());
  }

  @Override
  public void logs(ContainerState ended, OutputStream log) {
    if (ended.log().isEmpty()) {
      return;
    }
    client
        .log(ended.log(), MOST_OF_A_LOG)
        .ifPresent(
            text -> {
              try {
                log.write(text.getBytes(StandardCharsets.UTF_8));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
  }

  @Override
  public void cancel(ContainerState state, Duration grace) {
    client.delete(state.id());
  }

  @Override
  public Duration horizon() {
    return HORIZON;
  }

  @Override
  public boolean namesCanDouble() {
    return false;
  }

  @Override
  public boolean endsOverdue() {
    return true;
  }
}
