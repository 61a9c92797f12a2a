package io.towpath.activities.containers.kubernetes;

import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import io.fabric8.kubernetes.api.model.batch.v1.JobConditionBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.towpath.activities.containers.ContainerScene;
import io.towpath.activities.containers.WorkerSecrets;
import io.towpath.activities.secrets.SecretReferences;
import io.towpath.workflows.containers.ContainerSpec;
import io.towpath.workflows.containers.RunContainer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** An API server, faults before it, and the adapter before both. */
final class Cluster implements AutoCloseable {
  static final String SECRET = "the-password-of-the-test";
  private static final String IMAGE =
      "localhost/program@sha256:3298e16df67324eaff37995ce93ba83163e6a13d55eed799b7677efb43c6fdf1";

  final KubernetesClient direct;
  final FaultProxy proxy;
  final ContainerScene scene;
  private final ApiServer server;

  Cluster(ApiServer server, Duration settle, Duration late) {
    this(server, settle, late, "POST /apis/batch/v1/namespaces/NAMESPACE/jobs");
  }

  /**
   * @param route beginning of the request lines that can be struck
   */
  Cluster(ApiServer server, Duration settle, Duration late, String route) {
    this.server = server;
    direct = server.admin();
    proxy = new FaultProxy(server::connect, route.replace("NAMESPACE", server.namespace()), late);
    Config config =
        new ConfigBuilder(server.worker())
            .withMasterUrl(proxy.url())
            .withNamespace(server.namespace())
            .withHttp2Disable(true)
            .build();
    scene =
        new ContainerScene(
            new KubernetesExecutor(
                config,
                ContainerScene.unheard(),
                new WorkerSecrets(
                    new SecretReferences(Map.of("PASSWORD_OF_WORKER", SECRET), Optional.empty()),
                    Set.of("PASSWORD_OF_WORKER"))),
            ContainerScene.executor("kubernetes"),
            IMAGE,
            settle);
  }

  RunContainer withSecret() {
    ContainerSpec plain = scene.spec("program");
    return scene.request(
        ContainerScene.key(),
        new ContainerSpec(
            plain.image(),
            plain.command(),
            Map.of(),
            Map.of("PASSWORD", "env:PASSWORD_OF_WORKER"),
            1,
            64,
            plain.timeout()));
  }

  String namespace() {
    return server.namespace();
  }

  Job job(String name) {
    return direct.batch().v1().jobs().inNamespace(server.namespace()).withName(name).get();
  }

  int jobs() {
    return direct.batch().v1().jobs().inNamespace(server.namespace()).list().getItems().size();
  }

  void node(String name, Map<String, Quantity> allocatable) {
    direct
        .nodes()
        .resource(
            new NodeBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withNewStatus()
                .withAllocatable(allocatable)
                .endStatus()
                .build())
        .create();
  }

  void quota(Map<String, Quantity> hard) {
    direct
        .resourceQuotas()
        .inNamespace(server.namespace())
        .resource(
            new ResourceQuotaBuilder()
                .withNewMetadata()
                .withName("q")
                .endMetadata()
                .withNewSpec()
                .withHard(hard)
                .endSpec()
                .build())
        .create();
  }

  /** The pod that a cluster would have made, in the state that it has then. */
  void pod(String name, UnaryOperator<PodBuilder> state) {
    Pod made =
        new PodBuilder()
            .withNewMetadata()
            .withName(name + "-abcde")
            .withLabels(job(name).getSpec().getTemplate().getMetadata().getLabels())
            .endMetadata()
            .withNewSpec()
            .withServiceAccountName(RealApiServer.WORKER)
            .addNewContainer()
            .withName(JobBody.CONTAINER)
            .withImage(IMAGE)
            .endContainer()
            .endSpec()
            .build();
    direct.pods().inNamespace(server.namespace()).resource(made).create();
    direct
        .pods()
        .inNamespace(server.namespace())
        .withName(name + "-abcde")
        .editStatus(pod -> state.apply(new PodBuilder(pod)).build());
  }

  /** What the controller of jobs would have said of it, in the order in which it says it. */
  void end(String name, String type, String reason) {
    boolean complete = type.equals("Complete");
    String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    direct
        .batch()
        .v1()
        .jobs()
        .inNamespace(server.namespace())
        .withName(name)
        .editStatus(
            job ->
                new JobBuilder(job)
                    .withNewStatus()
                    .withStartTime(now)
                    .withCompletionTime(complete ? now : null)
                    .withSucceeded(complete ? 1 : null)
                    .withConditions(
                        condition(complete ? "SuccessCriteriaMet" : "FailureTarget", reason),
                        condition(type, reason))
                    .endStatus()
                    .build());
  }

  private static JobCondition condition(String type, String reason) {
    return new JobConditionBuilder().withType(type).withStatus("True").withReason(reason).build();
  }

  @Override
  public void close() throws IOException {
    scene.close();
    proxy.close();
    server.close();
  }
}
