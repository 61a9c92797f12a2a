package io.towpath.activities.containers.aws;

import static io.towpath.activities.containers.aws.AwsSandbox.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.towpath.activities.containers.ContainerScene;
import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.containers.ContainerEnd.How;
import io.towpath.workflows.containers.ContainerSpec;
import io.towpath.workflows.containers.RunContainer;
import io.towpath.workflows.failure.FailureKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EcsRunsIT extends AwsSuite {
  @Override
  ContainerScene scene(AwsSandbox sandbox) {
    return sandbox.ecs(SETTLE);
  }

  @Override
  String platform() {
    return "ecs";
  }

  @Override
  String route() {
    return AwsSandbox.RUN;
  }

  @Override
  String waits() {
    return "PENDING";
  }

  @Override
  String badEnd() {
    return "STOPPED";
  }

  @Override
  Duration horizon() {
    return Duration.ofHours(1);
  }

  @Test
  void what_runs_too_long_is_stopped_by_us() {
    ContainerSpec plain = scene.spec("hello");
    RunContainer request =
        scene.request(
            ContainerScene.key(),
            new ContainerSpec(
                plain.image(), plain.command(), Map.of(), Map.of(), 1, 64, Duration.ofMillis(300)));
    aws.plan(platform(), request.name(), step("RUNNING"));

    assertThat(scene.end(request).how()).isEqualTo(How.TIMED_OUT);
  }

  @Test
  void what_was_not_placed_is_sent_again_under_another_token() {
    RunContainer request = scene.request("hello", "you");
    aws.plan(platform(), request.name(), step("RESOURCE:MEMORY"));

    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> scene.submit(request))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.PLATFORM_UNAVAILABLE))
        .withMessageContaining("RESOURCE:MEMORY");
    scene.submit(request);

    assertThat(aws.last(route()).path("clientToken").asText()).isEqualTo(request.key() + "-a1");
    assertThat(scene.end(request).how()).isEqualTo(How.SUCCEEDED);
  }

  @Test
  void overrides_that_are_too_long_are_refused_before_anything_is_sent() {
    ContainerSpec plain = scene.spec("hello");
    RunContainer request =
        scene.request(
            ContainerScene.key(),
            new ContainerSpec(
                plain.image(),
                List.of("hello", "x".repeat(8_200)),
                Map.of(),
                Map.of(),
                1,
                64,
                plain.timeout()));

    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> scene.submit(request))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.INPUT_REJECTED))
        .withMessageContaining("8192");
    assertThat(aws.faults.calls(route())).isZero();
  }
}
