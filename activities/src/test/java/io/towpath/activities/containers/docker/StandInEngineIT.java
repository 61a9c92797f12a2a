package io.towpath.activities.containers.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.towpath.activities.containers.ContainerScene;
import io.towpath.activities.containers.RegistryLogins;
import io.towpath.activities.containers.WorkerSecrets;
import io.towpath.activities.http.PlatformException;
import io.towpath.activities.secrets.SecretReferences;
import io.towpath.activities.submit.ExactlyOnceContract.Fault;
import io.towpath.workflows.containers.ContainerEnd.How;
import io.towpath.workflows.containers.ContainerSpec;
import io.towpath.workflows.containers.RunContainer;
import io.towpath.workflows.failure.FailureKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The same on the stand-in. */
class StandInEngineIT extends EngineSuite {
  private final EngineSandbox engine = new EngineSandbox();

  @Override
  DockerConnection connection() {
    return engine.connection();
  }

  @Override
  String image() {
    return engine.imageName();
  }

  @AfterAll
  void stop() {
    engine.close();
  }

  @Test
  void an_image_that_nobody_has_is_the_requests_mistake() {
    RunContainer request =
        scene()
            .request(
                ContainerScene.key(),
                new ContainerSpec(
                    image().replaceFirst("demo/tool.*", "demo/none@sha256:" + "0".repeat(64)),
                    List.of("true"),
                    Map.of(),
                    Map.of(),
                    1,
                    64,
                    Duration.ofHours(1)));

    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> scene().submit(request))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.INPUT_REJECTED));
    assertThat(client().container(request.name())).isEmpty();
  }

  @Test
  void a_private_image_is_pulled_with_the_workers_login_and_by_nobody_else() {
    ContainerSpec spec =
        new ContainerSpec(
            engine.registryHost() + "/demo/private@" + engine.privateDigest,
            List.of("sh", "-c", "true"),
            Map.of(),
            Map.of(),
            1,
            64,
            Duration.ofHours(1));
    RunContainer request = scene().request(ContainerScene.key(), spec);

    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> scene().submit(request))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.INPUT_REJECTED))
        .withMessageContaining("the worker has no login for its registry");
    WorkerSecrets secrets =
        new WorkerSecrets(
            new SecretReferences(Map.of("LOGIN", EngineSandbox.LOGIN), Optional.empty()), Set.of());
    new DockerExecutor(
            new OkHttpClient(),
            connection(),
            secrets,
            new RegistryLogins(Map.of(engine.registryHost(), "env:LOGIN"), secrets))
        .runs(request.executor())
        .prepare(request, () -> {});

    assertThat(scene().end(request).how()).isEqualTo(How.SUCCEEDED);
  }

  @Test
  void an_outage_fails_nothing_and_is_shown_once() {
    RunContainer request = scene().request("sh", "-c", "sleep 1");
    scene().submit(request);
    scene().forget();
    for (String route : List.of("GET /containers/json", "GET /containers/{id}/json")) {
      engine.faults.strike("container", route, 1_000, Fault.UNAVAILABLE_AT_ONCE, Duration.ZERO);
    }

    Optional<String> attention = scene().news(request).attention();

    assertThat(attention.orElseThrow()).startsWith("cannot be asked: ").contains("HTTP 503");
    RunContainer known = scene().knowing(request, attention);
    assertThat(scene().once(known)).isEmpty();
    engine.faults.forget();
    assertThat(scene().end(scene().knowing(request, Optional.empty())).how())
        .isEqualTo(How.SUCCEEDED);
  }
}
