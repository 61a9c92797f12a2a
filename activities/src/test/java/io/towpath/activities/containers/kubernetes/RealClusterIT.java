package io.towpath.activities.containers.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.towpath.activities.containers.ContainerScene;
import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.containers.ContainerEnd;
import io.towpath.workflows.containers.ContainerEnd.How;
import io.towpath.workflows.containers.ContainerSpec;
import io.towpath.workflows.containers.RunContainer;
import io.towpath.workflows.failure.FailureKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The same with an API server that checks what it is sent, and who sends it. */
@Tag("containers")
@EnabledIfSystemProperty(named = RealApiServer.PROPERTY, matches = ".+")
class RealClusterIT extends ClusterSuite {
  @Override
  ApiServer server() {
    return new RealApiServer();
  }

  @Test
  void what_the_server_refuses_is_sent_once_and_told_with_its_reason() {
    ContainerSpec plain = cluster().scene.spec("program");
    RunContainer request =
        cluster()
            .scene
            .request(
                ContainerScene.key(),
                new ContainerSpec(
                    plain.image(),
                    List.of("program"),
                    Map.of("A=B", "C"),
                    Map.of(),
                    1,
                    64,
                    plain.timeout()));

    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> cluster().scene.submit(request))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.INPUT_REJECTED))
        .withMessageContaining("HTTP 422")
        .withMessageContaining("env[0].name");
    assertThat(cluster().proxy.calls()).isEqualTo(1);
    assertThat(cluster().jobs()).isZero();
  }

  @Test
  void a_pod_that_no_node_has_begun_has_an_end_and_no_log() {
    RunContainer request = cluster().scene.request("program");
    cluster().scene.submit(request);
    cluster().pod(request.name(), pod -> pod);
    cluster().end(request.name(), "Failed", "DeadlineExceeded");

    ContainerEnd end = cluster().scene.end(request);

    assertThat(end.how()).isEqualTo(How.TIMED_OUT);
    assertThat(end.log()).isEmpty();
    assertThat(end.logTail()).isEmpty();
  }

  @Test
  void a_worker_without_rights_is_told_which_it_lacks() {
    cluster()
        .direct
        .rbac()
        .roleBindings()
        .inNamespace(cluster().namespace())
        .withName(RealApiServer.WORKER)
        .delete();

    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(room(64, 1))
                    .singleElement()
                    .satisfies(
                        problem -> assertThat(problem.place()).isEqualTo("executor.namespace"))
                    .satisfies(
                        problem ->
                            assertThat(problem.text())
                                .contains("HTTP 403", "cannot get resource \"jobs\"")));
  }
}
