package io.towpath.activities.tower;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.activities.containers.ContainerRuns;
import io.towpath.activities.containers.ContainerScene;
import io.towpath.activities.http.PlatformException;
import io.towpath.sandbox.control.Plans;
import io.towpath.workflows.containers.ContainerActivities.ImageSpec;
import io.towpath.workflows.containers.ContainerActivities.ResolvedImage;
import io.towpath.workflows.containers.ContainerEnd;
import io.towpath.workflows.containers.ContainerEnd.How;
import io.towpath.workflows.containers.Executor;
import io.towpath.workflows.containers.Executor.Pipeline;
import io.towpath.workflows.containers.RunContainer;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.model.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Steps of releases as runs, against the stand-in's real HTTP. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(60)
class StepRunsTest {
  static final String IMAGE = "ghcr.io/demo/tool@sha256:" + "0f".repeat(32);
  private static final Duration HOUR = Duration.ofHours(1);

  @AutoClose private final SeqeraStandIn seqera = new SeqeraStandIn(Duration.ofMillis(200));

  @AutoClose
  private final ContainerScene scene =
      new ContainerScene(seqera.executor(), place("1.0.0"), IMAGE, Duration.ofMillis(200));

  static Executor place(String revision) {
    return ContainerScene.executor("seqera")
        .with(
            new Pipeline(
                SeqeraStandIn.PIPELINE, Optional.of(revision), Optional.empty(), List.of("test")));
  }

  @Test
  void a_step_is_a_run_with_the_command_as_parameters_and_the_image_for_its_processes() {
    RunContainer request = scene.request("--dataset", "gene_info", "--depth=3", "--dry");
    planned(request, end("SUCCEEDED", detail(0)));

    ContainerEnd end = scene.end(request);

    assertThat(end.how()).isEqualTo(How.SUCCEEDED);
    assertThat(seqera.launchedNames()).containsExactly(request.name());
    JsonNode launch = seqera.lastLaunch();
    assertThat(launch.path("paramsText").asText())
        .isEqualTo("{\"dataset\":\"gene_info\",\"depth\":3,\"dry\":true}");
    assertThat(launch.path("configText").asText())
        .contains("container = '" + IMAGE + "'", "memory = '64 MB'", "A = 'b c'");
    assertThat(launch.path("configProfiles").path(0).asText()).isEqualTo("test");
    assertThat(scene.end(request)).isEqualTo(end);
    assertThat(seqera.launches()).hasSize(1);
  }

  @Test
  void another_worker_goes_on_with_the_run_that_was_launched() {
    RunContainer request = scene.request("--dataset", "x");
    planned(request, running(Duration.ofMillis(500)), end("SUCCEEDED", detail(0)));
    String id = scene.submit(request);

    scene.restart();

    assertThat(scene.end(request).externalId()).isEqualTo(id);
    assertThat(seqera.launches()).hasSize(1);
  }

  @Test
  void the_exit_code_is_that_of_the_task_and_its_log_is_kept() {
    RunContainer request = scene.request("--dataset", "x");
    ObjectNode detail = detail(1);
    detail
        .putArray("failedTasks")
        .addObject()
        .put("name", "PROCESS (x)")
        .put("process", "PROCESS")
        .put("tag", "x")
        .put("exit", 137)
        .put("log", "it was\nkilled");
    planned(request, running(Duration.ofMillis(50)), end("FAILED", detail));

    ContainerEnd end = scene.end(request);

    assertThat(end.how()).isEqualTo(How.OUT_OF_MEMORY);
    assertThat(end.exitCode()).contains(137);
    assertThat(end.reason()).contains("/watch/" + end.externalId());
    assertThat(end.logTail()).contains("PROCESS x exit 137", "killed");
  }

  @Test
  void a_run_whose_head_job_never_began_has_no_exit_code() {
    RunContainer request = scene.request("--dataset", "x");
    planned(
        request,
        end("FAILED", JsonNodeFactory.instance.objectNode().put("errorMessage", "no capacity")));

    ContainerEnd end = scene.end(request);

    assertThat(end.how()).isEqualTo(How.LOST);
    assertThat(end.exitCode()).isEmpty();
    assertThat(end.reason()).contains("no capacity");
  }

  @Test
  void a_run_whose_id_never_came_back_is_cancelled_by_its_name() {
    RunContainer request = scene.request("--dataset", "x");
    planned(request, running(HOUR));
    scene.submit(request);

    assertThat(scene.stop(request, false)).isOne();

    assertThat(scene.end(request).how()).isEqualTo(How.STOPPED);
    assertThat(seqera.calls("POST /workflow/{workflowId}/cancel")).isPositive();
  }

  @Test
  void a_launch_that_is_not_shown_yet_is_asked_for_again_and_makes_no_second_run() {
    RunContainer request = scene.request("--dataset", "x");
    String id = scene.submit(request);
    seqera.strike("GET /workflow/{workflowId}/launch", 1, SeqeraStandIn.status(403));

    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> seqera.executor().runs(place("1.0.0")).find(request.name()))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.PLATFORM_UNAVAILABLE));

    assertThat(scene.submit(request)).isEqualTo(id);
    assertThat(seqera.launches()).hasSize(1);
  }

  @Test
  void a_run_that_cannot_be_read_holds_up_no_other_one() {
    RunContainer one = scene.request("--dataset", "x");
    RunContainer other = scene.request("--dataset", "y");
    planned(one, running(HOUR));
    planned(other, end("SUCCEEDED", detail(0)));
    ContainerRuns runs = seqera.executor().runs(place("1.0.0"));
    String goesOn = scene.submit(one);
    String ended = scene.submit(other);
    seqera.strike("GET /workflow/{workflowId}/launch", 100, SeqeraStandIn.status(403));
    seqera.strike("GET /workflow/{workflowId}", 100, SeqeraStandIn.status(403));

    assertThat(runs.sweep(Set.of(goesOn, ended))).containsOnlyKeys(goesOn);
  }

  @Test
  void a_run_of_our_name_that_is_not_ours_is_no_run_of_ours() {
    RunContainer request = scene.request("--dataset", "x");
    scene.submit(request);
    RunContainer other = scene.request(request.key(), scene.spec("--dataset", "y"));

    assertThat(
            seqera.executor().runs(place("1.0.0")).find(other.name()).stream()
                .map(state -> state.digest()))
        .containsExactly(request.spec().digest().value())
        .doesNotContain(other.spec().digest().value());
  }

  @Test
  void a_tag_is_resolved_to_a_commit_once() {
    ResolvedImage resolved = scene.activities().resolve(spec(place("1.0.0"), Map.of()));

    assertThat(resolved.problems()).isEmpty();
    assertThat(resolved.executor().orElseThrow().pipeline().orElseThrow().revision().orElseThrow())
        .matches("[0-9a-f]{40}");
  }

  @Test
  void a_branch_and_a_secret_that_the_workspace_does_not_hold_are_told_at_once() {
    Map<String, String> secrets = Map.of("SYNAPSE_AUTH_TOKEN", "seqera:SYNAPSE_AUTH_TOKEN");

    assertThat(scene.activities().resolve(spec(place("main"), secrets)).problems())
        .extracting(Problem::place)
        .containsExactly("executor.revision", "secrets.SYNAPSE_AUTH_TOKEN");
  }

  private static ImageSpec spec(Executor place, Map<String, String> secrets) {
    return new ImageSpec(place, IMAGE, 64, 64, 1, secrets);
  }

  private void planned(RunContainer request, Plans.Step... steps) {
    seqera.plan(request.name(), steps);
  }

  private static Plans.Step running(Duration lasts) {
    return SeqeraStandIn.step("RUNNING", lasts);
  }

  private static Plans.Step end(String status, JsonNode detail) {
    return new Plans.Step(status, Duration.ZERO, detail);
  }

  private static ObjectNode detail(int exit) {
    return JsonNodeFactory.instance.objectNode().put("exitStatus", exit);
  }
}
