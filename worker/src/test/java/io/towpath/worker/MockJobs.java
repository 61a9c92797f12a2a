package io.towpath.worker;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The mock API server of the client library with what a cluster adds: a pod for each job, in the
 * state that was planned.
 */
final class MockJobs implements ExecutorPlace, Watcher<Job>, AutoCloseable {
  private static final String NAMESPACE = "release";
  private static final int NEVER = -1;

  private final KubernetesMockServer server =
      new KubernetesMockServer(
          new Context(),
          new MockWebServer(),
          new HashMap<>(),
          new KubernetesCrudDispatcher(),
          false);
  private final BlockingQueue<Integer> ends = new LinkedBlockingQueue<>();
  private final List<String> submitted = new CopyOnWriteArrayList<>();
  private final Set<Integer> memoryMb = new ConcurrentSkipListSet<>();
  private final Set<String> deleted = new ConcurrentSkipListSet<>();
  private final KubernetesClient client;
  private final Watch watch;

  MockJobs() {
    server.init();
    client = server.createClient();
    watch = client.batch().v1().jobs().inNamespace(NAMESPACE).watch(this);
  }

  /** The file that {@code KUBECONFIG} names. */
  Path kubeconfig(Path folder) {
    try {
      return Files.writeString(
          folder.resolve("kubeconfig"),
          """
          apiVersion: v1
          kind: Config
          current-context: mock
          clusters: [{name: mock, cluster: {server: "http://localhost:%d"}}]
          contexts: [{name: mock, context: {cluster: mock, user: mock, namespace: %s}}]
          users: [{name: mock, user: {}}]
          """
              .formatted(server.getPort(), NAMESPACE));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a new test does not want to know. */
  void forget() {
    submitted.clear();
    memoryMb.clear();
    deleted.clear();
  }

  @Override
  public Map<String, Object> executor() {
    return Map.of("type", "kubernetes");
  }

  @Override
  public void ends(int exitCode) {
    ends.add(exitCode);
  }

  @Override
  public void lasts() {
    ends.add(NEVER);
  }

  @Override
  public List<String> submitted() {
    return List.copyOf(submitted);
  }

  @Override
  public Set<Integer> memoryMb() {
    return memoryMb;
  }

  @Override
  public Set<String> stopped() {
    return deleted;
  }

  @Override
  public void eventReceived(Action action, Job job) {
    if (action == Action.ADDED) {
      submitted.add(job.getMetadata().getName());
      memoryMb.add(memoryMb(job));
      Integer exit = ends.remove();
      if (exit != NEVER) {
        end(job, exit);
      }
    } else if (action == Action.DELETED) {
      deleted.add(job.getMetadata().getName());
    }
  }

  private static Integer memoryMb(Job job) {
    Container container = job.getSpec().getTemplate().getSpec().getContainers().get(0);
    return Optional.ofNullable(container.getResources().getLimits().get("memory"))
        .map(limit -> Integer.valueOf(limit.getAmount()))
        .orElse(0);
  }

  @Override
  public void onClose(WatcherException cause) {
    throw new IllegalStateException(cause);
  }

  private void end(Job job, int exit) {
    client
        .pods()
        .inNamespace(NAMESPACE)
        .resource(
            new PodBuilder()
                .withNewMetadata()
                .withName(job.getMetadata().getName() + "-abcde")
                .withLabels(job.getSpec().getTemplate().getMetadata().getLabels())
                .endMetadata()
                .withNewStatus()
                .addNewContainerStatus()
                .withName("main")
                .withNewState()
                .withNewTerminated()
                .withExitCode(exit)
                .withReason(exit == 0 ? "Completed" : "Error")
                .withStartedAt("2026-01-01T00:00:00Z")
                .withFinishedAt("2026-01-01T00:00:01Z")
                .endTerminated()
                .endState()
                .endContainerStatus()
                .endStatus()
                .build())
        .create();
    client
        .batch()
        .v1()
        .jobs()
        .inNamespace(NAMESPACE)
        .resource(
            new JobBuilder(job)
                .withNewStatus()
                .addNewCondition()
                .withType(exit == 0 ? "Complete" : "Failed")
                .withStatus("True")
                .withReason(exit == 0 ? "CompletionsReached" : "BackoffLimitExceeded")
                .endCondition()
                .endStatus()
                .build())
        .updateStatus();
  }

  @Override
  public void close() {
    watch.close();
    client.close();
    server.destroy();
  }
}
