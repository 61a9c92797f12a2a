package io.towpath.activities.containers.kubernetes;

import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.towpath.activities.containers.ContainerScene;
import io.towpath.activities.containers.WorkerSecrets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The mock API server of the client library, faults before it, and the adapter before both. */
final class MockCluster implements AutoCloseable {
  static final String NAMESPACE = "release";
  static final String SECRET = "the-password-of-the-test";
  private static final String IMAGE =
      "localhost/program@sha256:3298e16df67324eaff37995ce93ba83163e6a13d55eed799b7677efb43c6fdf1";

  final KubernetesClient direct;
  final FaultProxy proxy;
  final ContainerScene scene;
  private final KubernetesMockServer server;

  MockCluster(Duration settle, Duration late) {
    this(settle, late, "POST /apis/batch/v1/namespaces/release/jobs");
  }

  /**
   * @param route beginning of the request lines that can be struck
   */
  MockCluster(Duration settle, Duration late, String route) {
    server =
        new KubernetesMockServer(
            new Context(),
            new MockWebServer(),
            new HashMap<>(),
            new KubernetesCrudDispatcher(),
            false);
    server.init();
    direct = server.createClient();
    proxy =
        new FaultProxy(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getPort()), route, late);
    Config config =
        new ConfigBuilder(Config.empty())
            .withMasterUrl(proxy.url())
            .withNamespace(NAMESPACE)
            .withHttp2Disable(true)
            .build();
    scene =
        new ContainerScene(
            new KubernetesExecutor(
                config,
                ContainerScene.unheard(),
                new WorkerSecrets(
                    Map.of(
                        "PASSWORD_OF_WORKER",
                        SECRET,
                        "TOWPATH_CONTAINER_SECRETS",
                        "PASSWORD_OF_WORKER"),
                    Optional.empty())),
            ContainerScene.executor("kubernetes"),
            IMAGE,
            settle);
  }

  Job job(String name) {
    return direct.batch().v1().jobs().inNamespace(NAMESPACE).withName(name).get();
  }

  int jobs() {
    return direct.batch().v1().jobs().inNamespace(NAMESPACE).list().getItems().size();
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
        .inNamespace(NAMESPACE)
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
    Job job = job(name);
    Pod pod =
        state
            .apply(
                new PodBuilder()
                    .withNewMetadata()
                    .withName(name + "-abcde")
                    .withLabels(job.getSpec().getTemplate().getMetadata().getLabels())
                    .endMetadata())
            .build();
    direct.pods().inNamespace(NAMESPACE).resource(pod).createOr(NonDeletingOperation::update);
  }

  void end(String name, String type, String reason) {
    direct
        .batch()
        .v1()
        .jobs()
        .inNamespace(NAMESPACE)
        .resource(
            new JobBuilder(job(name))
                .withNewStatus()
                .addNewCondition()
                .withType(type)
                .withStatus("True")
                .withReason(reason)
                .endCondition()
                .endStatus()
                .build())
        .updateStatus();
  }

  @Override
  public void close() throws IOException {
    scene.close();
    proxy.close();
    direct.close();
    server.destroy();
  }
}
