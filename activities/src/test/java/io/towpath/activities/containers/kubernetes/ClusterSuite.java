package io.towpath.activities.containers.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.towpath.activities.containers.ContainerScene;
import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.containers.ContainerActivities.ImageSpec;
import io.towpath.workflows.containers.ContainerEnd;
import io.towpath.workflows.containers.ContainerEnd.How;
import io.towpath.workflows.containers.RunContainer;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.model.Problem;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What holds on every API server: the mock of the client library and a real one. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
abstract class ClusterSuite {
  @AutoClose
  private final Cluster cluster =
      new Cluster(server(), Duration.ofMillis(300), Duration.ofMillis(100));

  private final ContainerScene scene = cluster.scene;

  /** Called once, before anything else of the test is there. */
  abstract ApiServer server();

  Cluster cluster() {
    return cluster;
  }

  @Test
  void a_job_runs_one_pod_once_and_is_removed_by_nobody_of_us() {
    RunContainer request = scene.request("program", "one $two");

    scene.submit(request);

    Job job = cluster.job(request.name());
    assertThat(job.getSpec().getBackoffLimit()).isZero();
    assertThat(job.getSpec().getTtlSecondsAfterFinished()).isNull();
    assertThat(job.getSpec().getActiveDeadlineSeconds()).isEqualTo(3_600);
    assertThat(job.getSpec().getTemplate().getSpec().getRestartPolicy()).isEqualTo("Never");
    assertThat(job.getSpec().getTemplate().getSpec().getContainers().get(0).getArgs())
        .containsExactly("program", "one $two");
  }

  @Test
  void a_secret_belongs_to_its_job_which_waits_for_it() {
    RunContainer request = cluster.withSecret();

    scene.submit(request);

    Job job = cluster.job(request.name());
    Secret secret =
        cluster.direct.secrets().inNamespace(cluster.namespace()).withName(request.name()).get();
    assertThat(Serialization.asJson(job)).doesNotContain(Cluster.SECRET);
    assertThat(job.getSpec().getSuspend()).isFalse();
    assertThat(secret.getMetadata().getOwnerReferences().get(0).getUid())
        .isEqualTo(job.getMetadata().getUid());
    assertThat(value(secret)).isEqualTo(Cluster.SECRET);
  }

  @Test
  void a_complete_job_succeeded() {
    RunContainer request = scene.request("program");
    scene.submit(request);
    cluster.pod(request.name(), pod -> terminated(pod, 0, "Completed"));
    cluster.end(request.name(), "Complete", "");

    ContainerEnd end = scene.end(request);

    assertThat(end.how()).isEqualTo(How.SUCCEEDED);
    assertThat(end.exitCode()).contains(0);
    assertThat(end.ran()).contains(Duration.ofSeconds(7));
  }

  @Test
  void the_pod_tells_why_a_job_failed() {
    assertThat(failed("BackoffLimitExceeded", 3, "Error").how()).isEqualTo(How.FAILED);
    assertThat(failed("BackoffLimitExceeded", 137, "OOMKilled").how()).isEqualTo(How.OUT_OF_MEMORY);
    assertThat(failed("DeadlineExceeded", 143, "Error").how()).isEqualTo(How.TIMED_OUT);
  }

  @Test
  void a_failure_without_a_pod_has_no_exit_code() {
    RunContainer request = scene.request("program");
    scene.submit(request);
    cluster.end(request.name(), "Failed", "BackoffLimitExceeded");

    ContainerEnd end = scene.end(request);

    assertThat(end.how()).isEqualTo(How.LOST);
    assertThat(end.exitCode()).isEmpty();
  }

  @Test
  void an_image_that_cannot_be_pulled_is_shown() {
    RunContainer request = scene.impatient(scene.request("program"), Optional.empty());
    scene.submit(request);
    cluster.pod(
        request.name(),
        pod ->
            pod.withNewStatus()
                .addNewContainerStatus()
                .withName("main")
                .withNewState()
                .withNewWaiting()
                .withReason("ImagePullBackOff")
                .withMessage("no such image")
                .endWaiting()
                .endState()
                .endContainerStatus()
                .endStatus());

    assertThat(scene.news(request).attention().orElseThrow())
        .startsWith("has not started: ")
        .contains("ImagePullBackOff no such image");
  }

  @Test
  void more_than_a_quota_allows_is_a_problem_with_what_there_is() {
    cluster.quota(Map.of("requests.memory", new Quantity("8Gi"), "pods", new Quantity("10")));

    assertThat(room(4_096, 4)).isEmpty();
    assertThat(room(12_288, 4))
        .containsExactly(
            new Problem(
                "memoryMb",
                "12 GiB is more than the quota q allows in all, 8 GiB; ask for less in the step's"
                    + " resources, or name another executor"));
  }

  List<Problem> room(int memoryMb, double cpus) {
    RunContainer any = scene.request("program");
    return scene
        .activities()
        .resolve(
            new ImageSpec(any.executor(), any.spec().image(), memoryMb, memoryMb, cpus, Map.of()))
        .problems();
  }

  @Test
  void a_stop_deletes_the_job_and_its_end_is_ours() {
    RunContainer request = scene.request("program");
    scene.submit(request);

    assertThat(scene.stop(request, false)).isEqualTo(1);

    assertThat(cluster.jobs()).isZero();
    assertThat(scene.end(request).how()).isEqualTo(How.STOPPED);
  }

  @Test
  void a_job_that_vanished_is_not_made_again() {
    RunContainer request = scene.request("program");
    scene.submit(request);
    cluster.direct.batch().v1().jobs().inNamespace(cluster.namespace()).delete();

    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> scene.news(request))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.RUN_STUCK));
    assertThat(cluster.jobs()).isZero();
  }

  @Test
  void something_else_under_our_name_is_a_conflict() {
    RunContainer request = scene.request("program");
    scene.submit(scene.request(request.key(), scene.spec("other")));

    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> scene.submit(request))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.CONFLICT));
  }

  private ContainerEnd failed(String reason, int code, String own) {
    RunContainer request = scene.request("program");
    scene.submit(request);
    cluster.pod(request.name(), pod -> terminated(pod, code, own));
    cluster.end(request.name(), "Failed", reason);
    scene.forget();
    return scene.end(request);
  }

  private static PodBuilder terminated(PodBuilder pod, int code, String reason) {
    return pod.withNewStatus()
        .addNewContainerStatus()
        .withName("main")
        .withNewState()
        .withNewTerminated()
        .withExitCode(code)
        .withReason(reason)
        .withStartedAt("2026-07-01T00:00:00Z")
        .withFinishedAt("2026-07-01T00:00:07Z")
        .endTerminated()
        .endState()
        .endContainerStatus()
        .endStatus();
  }

  /** The mock keeps what it is sent; an API server turns it into base64. */
  private static String value(Secret secret) {
    String sent = secret.getStringData().get("PASSWORD");
    return sent != null
        ? sent
        : new String(
            Base64.getDecoder().decode(secret.getData().get("PASSWORD")), StandardCharsets.UTF_8);
  }
}
