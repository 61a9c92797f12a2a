package io.towpath.activities.containers.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.towpath.activities.containers.ContainerScene;
import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.containers.ContainerSpec;
import io.towpath.workflows.containers.RunContainer;
import io.towpath.workflows.failure.FailureKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
}
