package io.towpath.activities.containers.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.towpath.activities.connections.Examined.Findings;
import io.towpath.activities.containers.ContainerExecutor;
import io.towpath.activities.containers.ContainerRuns;
import io.towpath.activities.containers.WorkerSecrets;
import io.towpath.activities.http.ApiClient;
import io.towpath.activities.http.PlatformCalls;
import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.containers.ContainerActivities.ImageSpec;
import io.towpath.workflows.containers.Executor;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.model.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A cluster of Kubernetes, as a kubeconfig or the pod that we run in names it. */
public final class KubernetesExecutor implements ContainerExecutor {
  private final KubernetesClient client;
  private final KubernetesCall calls;
  private final WorkerSecrets secrets;

  /**
   * @param config where the API server is; its retries are turned off here
   * @param calls is told of each call
   * @param secrets resolves the references of a request
   */
  public KubernetesExecutor(Config config, PlatformCalls calls, WorkerSecrets secrets) {
    this.client =
        new KubernetesClientBuilder()
            .withConfig(
                new ConfigBuilder(config)
                    .withRequestRetryBackoffLimit(0)
                    .withRequestTimeout((int) ApiClient.CALL_TIMEOUT.toMillis())
                    .build())
            .build();
    this.calls = new KubernetesCall(calls);
    this.secrets = secrets;
  }

  @Override
  public Findings examine() {
    String version =
        calls.repeatable("get version", () -> client.getKubernetesVersion().getGitVersion());
    String namespace = namespace(Optional.empty());
    return new ClusterRights(client, calls, namespace)
        .findings("Kubernetes " + version + " at " + client.getMasterUrl() + ", " + namespace);
  }

  @Override
  public List<Problem> check(ImageSpec spec) {
    List<Problem> problems = new ArrayList<>(secrets.check(spec.secrets()));
    try {
      JobsClient jobs = new JobsClient(client, calls, namespace(spec.executor().namespace()));
      jobs.job("tp-");
      problems.addAll(ClusterRoom.check(jobs, spec));
    } catch (PlatformException e) {
      if (e.kind() == FailureKind.PLATFORM_UNAVAILABLE) {
        throw e;
      }
      problems.add(new Problem("executor.namespace", String.valueOf(e.getMessage())));
    }
    return problems;
  }

  @Override
  public ContainerRuns runs(Executor place) {
    return new KubernetesRuns(new JobsClient(client, calls, namespace(place.namespace())), secrets);
  }

  private String namespace(Optional<String> named) {
    return named.or(() -> Optional.ofNullable(client.getNamespace())).orElse("default");
  }
}
