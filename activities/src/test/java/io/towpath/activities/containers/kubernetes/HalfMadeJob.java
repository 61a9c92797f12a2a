package io.towpath.activities.containers.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.activities.containers.ContainerScene;
import io.towpath.activities.http.PlatformException;
import io.towpath.activities.submit.ExactlyOnceContract.Fault;
import io.towpath.workflows.containers.RunContainer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A job whose secret or whose beginning is struck, on any API server. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(60)
abstract class HalfMadeJob {
  private static final Duration SETTLE = Duration.ofMillis(200);

  abstract ApiServer server();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST /api/v1/namespaces/NAMESPACE/secrets",
        "PATCH /apis/batch/v1/namespaces/NAMESPACE/jobs"
      })
  void one_job_is_let_go_with_its_secret(String route) throws IOException {
    try (Cluster cluster = new Cluster(server(), SETTLE, Duration.ofMillis(50), route)) {
      int jobs = 0;
      for (Fault fault :
          List.of(Fault.DROP_BEFORE_COMMIT, Fault.DROP_AFTER_COMMIT, Fault.UNAVAILABLE_AT_ONCE)) {
        RunContainer request = cluster.withSecret();
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
                    .inNamespace(cluster.namespace())
                    .withName(request.name())
                    .get())
            .as(fault.name())
            .isNotNull();
      }
    }
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
