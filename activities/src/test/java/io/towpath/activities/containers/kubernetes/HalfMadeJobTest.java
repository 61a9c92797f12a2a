package io.towpath.activities.containers.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.activities.containers.ContainerScene;
import io.towpath.activities.http.PlatformException;
import io.towpath.activities.submit.ExactlyOnceContract.Fault;
import io.towpath.workflows.containers.ContainerSpec;
import io.towpath.workflows.containers.RunContainer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A job whose secret or whose beginning is struck. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(60)
class HalfMadeJobTest {
  private static final Duration SETTLE = Duration.ofMillis(200);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST /api/v1/namespaces/release/secrets",
        "PATCH /apis/batch/v1/namespaces/release/jobs"
      })
  void one_job_is_let_go_with_its_secret(String route) throws IOException {
    try (MockCluster cluster = new MockCluster(SETTLE, Duration.ofMillis(50), route)) {
      int jobs = 0;
      for (Fault fault :
          List.of(Fault.DROP_BEFORE_COMMIT, Fault.DROP_AFTER_COMMIT, Fault.UNAVAILABLE_AT_ONCE)) {
        RunContainer request = withSecret(cluster.scene);
        int before = cluster.proxy.calls();
        cluster.proxy.strike(fault, 1);

        submitAsTemporalDoes(cluster.scene, request);

        jobs++;
        assertThat(cluster.proxy.calls()).as(fault.name()).isGreaterThan(before);
        assertThat(cluster.jobs()).as(fault.name()).isEqualTo(jobs);
        assertThat(cluster.job(request.name()).getSpec().getSuspend()).as(fault.name()).isFalse();
        assertThat(
                cluster
                    .direct
                    .secrets()
                    .inNamespace(MockCluster.NAMESPACE)
                    .withName(request.name())
                    .get())
            .as(fault.name())
            .isNotNull();
      }
    }
  }

  private static RunContainer withSecret(ContainerScene scene) {
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

  private static void submitAsTemporalDoes(ContainerScene scene, RunContainer request) {
    for (int attempt = 1; ; attempt++) {
      try {
        scene.submit(request);
        return;
      } catch (PlatformException e) {
        if (!e.kind().retryable() || attempt == 6) {
          throw e;
        }
      }
    }
  }
}
