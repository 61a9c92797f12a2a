package io.towpath.activities.containers.aws;

import static io.towpath.activities.containers.aws.AwsSandbox.step;
import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.activities.containers.ContainerScene;
import io.towpath.workflows.containers.ContainerActivities.ImageSpec;
import io.towpath.workflows.containers.ContainerEnd;
import io.towpath.workflows.containers.ContainerEnd.How;
import io.towpath.workflows.containers.RunContainer;
import io.towpath.workflows.model.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BatchRunsIT extends AwsSuite {
  @Override
  ContainerScene scene(AwsSandbox sandbox) {
    return sandbox.batch(SETTLE);
  }

  @Override
  String platform() {
    return "batch";
  }

  @Override
  String route() {
    return AwsSandbox.SUBMIT;
  }

  @Override
  String waits() {
    return "RUNNABLE";
  }

  @Override
  String badEnd() {
    return "FAILED";
  }

  @Override
  Duration horizon() {
    return Duration.ofHours(24);
  }

  @Test
  void a_double_is_stopped_and_told() {
    RunContainer request = scene.request("hello", "you");
    aws.plan(platform(), request.name(), step("RUNNING"));
    BatchRuns runs =
        (BatchRuns)
            new BatchExecutor(aws.connection(), ContainerScene.unheard()).runs(aws.batchQueue());
    runs.prepare(request, () -> {});
    String late = runs.submit(request);
    String ours = runs.submit(request);
    scene.ledger().recordId(request.claim(), request.step(), request.key(), ours);

    ContainerEnd end = scene.end(request);

    assertThat(end.externalId()).isEqualTo(ours);
    assertThat(end.how()).isEqualTo(How.SUCCEEDED);
    assertThat(end.doubles()).containsExactly(late);
    assertThat(runs.one(late).orElseThrow().end().orElseThrow().how()).isEqualTo(How.STOPPED);
  }

  @Test
  void more_than_the_queues_machines_have_is_a_problem() {
    assertThat(
            scene
                .activities()
                .resolve(
                    new ImageSpec(
                        aws.batchQueue(), scene.spec("x").image(), 64, 64, 10_000, Map.of()))
                .problems())
        .extracting(Problem::place)
        .isEqualTo(List.of("cpus"));
  }

  @Test
  void equal_definitions_are_registered_once() {
    String route = "POST /v1/registerjobdefinition";
    scene.submit(scene.request("hello", "one"));
    int before = aws.faults.calls(route);

    scene.submit(scene.request("hello", "two"));

    assertThat(aws.faults.calls(route)).isEqualTo(before);
    assertThat(aws.last(AwsSandbox.SUBMIT).at("/retryStrategy/attempts").asInt()).isEqualTo(1);
  }
}
