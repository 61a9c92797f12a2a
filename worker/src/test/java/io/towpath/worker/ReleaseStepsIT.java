package io.towpath.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowStub;
import io.towpath.activities.store.Digests;
import io.towpath.sandbox.SandboxOptions;
import io.towpath.workflows.plan.Plan;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a release comes to by what its steps do and leave. */
@WorkflowSuite
class ReleaseStepsIT {
  @AutoClose private static final Stack stack = new Stack(SandboxOptions.forTests(), Stack.FAST);

  @Test
  void a_step_that_failed_leaves_out_what_needs_it_unless_that_runs_always() {
    ReleaseScene scene = new ReleaseScene(stack, "always");
    scene.planned(ReleaseScene.exits(3), ReleaseScene.exits(0));
    Map<String, Object> request =
        scene.request(
            List.of(
                step("process").map(),
                step("release").with("needs", List.of("process")).map(),
                step("clean").with("needs", List.of("process")).with("when", "always").map()));
    ReleaseFolder folder = new ReleaseFolder(stack, "always", 1);
    request.put("verify", folder.verify(Map.of()));
    request.put("promote", List.of(Map.of("to", "prod", "parent", stack.folder("always"))));
    WorkflowStub run = scene.start(request);

    assertThat(scene.failure(run).getType()).isEqualTo("PARTIAL");

    assertThat(scene.made()).hasSize(2);
    assertThat(ReleaseScene.stages(run))
        .containsEntry("step process", "failed")
        .containsEntry("step release", "skipped")
        .containsEntry("step clean", "done")
        .containsEntry("promote prod", "skipped");
  }

  @Test
  void no_further_item_begins_after_a_failure_that_is_to_stop_the_step() {
    ReleaseScene scene = new ReleaseScene(stack, "stops");
    scene.planned(ReleaseScene.exits(0), ReleaseScene.exits(3));
    WorkflowStub run =
        scene.start(
            scene.request(
                List.of(
                    ReleaseScene.step("process", List.of("true", "{item}"))
                        .with("items", Map.of("names", List.of("a", "b", "c", "d")))
                        .with("maxParallel", 1)
                        .with("onFailure", "stop")
                        .map())));

    assertThat(scene.failure(run).getOriginalMessage())
        .contains("process/b exit code 3")
        .contains("process/c another item failed before")
        .contains("process/d another item failed before");
    assertThat(scene.made()).hasSize(2);
  }

  @Test
  void a_promotion_that_an_operator_leaves_out_is_a_warning() {
    ReleaseScene scene = new ReleaseScene(stack, "left-out");
    Map<String, Object> request = scene.request(List.of(step("only").map()));
    scene.plannedWell(1);
    ReleaseFolder folder = new ReleaseFolder(stack, "left-out", 1);
    request.put("verify", folder.verify(Map.of("onUnchanged", "accept")));
    request.put("gates", Map.of("to-prod", Map.of("approvers", List.of("jane"))));
    request.put(
        "promote",
        List.of(Map.of("to", "prod", "parent", stack.folder("left-out"), "gate", "to-prod")));
    WorkflowStub run = ReleaseScene.atGate(scene.start(request));
    run.update("skip", String.class, Map.of("items", List.of(), "reason", "not this one"));

    JsonNode report = stack.report(run);

    assertThat(report.path("outcome").asText()).isEqualTo("SUCCEEDED_WITH_WARNINGS");
    assertThat(report.at("/promotions/0/state").asText()).isEqualTo("skipped");
    assertThat(report.at("/warnings/0").asText()).isEqualTo("not promoted to prod");
  }

  @Test
  void what_is_empty_or_missing_is_refused_unless_the_request_says_otherwise() {
    ReleaseScene scene = new ReleaseScene(stack, "empty");
    Map<String, Object> request = scene.request(List.of(step("only").map()));
    scene.plannedWell(1);
    ReleaseFolder folder = new ReleaseFolder(stack, "empty", 1).withEmptyFile();
    request.put("verify", folder.verify(Map.of("name", "no_such.csv")));
    assertThat(scene.failure(scene.start(request)).getOriginalMessage())
        .contains("the steps left no no_such.csv");
    request.put("verify", folder.verify(Map.of()));
    assertThat(scene.failure(scene.start(request)).getOriginalMessage())
        .contains("1 files have no bytes");
    request.put("verify", folder.verify(Map.of("onEmpty", "accept", "onUnchanged", "warn")));

    JsonNode report = stack.report(scene.start(request));

    assertThat(report.path("generation").asInt()).isEqualTo(3);
    assertThat(report.at("/warnings/0").asText()).contains("left every file as it was");
    assertThat(scene.made()).hasSize(1);
  }

  @Test
  void an_item_that_succeeds_with_more_memory_tells_that_it_was_killed_before() {
    ReleaseScene scene = new ReleaseScene(stack, "grows");
    scene.planned(ReleaseScene.exits(137), ReleaseScene.exits(0));

    JsonNode report = stack.report(scene.start(scene.request(List.of(step("only").map()))));

    assertThat(report.path("outcome").asText()).isEqualTo("SUCCEEDED");
    assertThat(report.at("/items/0/memoryGb").asInt()).isEqualTo(4);
    assertThat(report.at("/items/0/earlier/0").asText())
        .startsWith("killed, memory suspected (it had 2 GiB)");
  }

  /** The in-JVM server forgets an activity that ends while it is told to. */
  @Test
  @Tag("devserver")
  void news_of_one_container_makes_a_run_look_at_that_one_alone() {
    ReleaseScene scene = new ReleaseScene(stack, "news");
    String some = "[{\"status\":\"running\",\"forMs\":2000},{\"status\":\"exited\"}]";
    scene.planned(some, some, some);
    WorkflowStub run =
        scene.start(
            scene.request(
                List.of(
                    ReleaseScene.step("process", List.of("true", "{item}"))
                        .with("items", Map.of("names", List.of("a", "b", "c")))
                        .map())));
    await().atMost(Duration.ofSeconds(60)).until(() -> scene.started().size() == 3);

    tell(run, scene.started().get(1));
    int afterOne = looksGivenUp(run, 1);
    tell(run, "an id of the engine");
    int afterAll = looksGivenUp(run, 4);

    assertThat(stack.report(run).at("/itemCounts/SUCCEEDED").asInt()).isEqualTo(3);
    assertThat(List.of(afterOne, afterAll)).containsExactly(1, 4);
    assertThat(scene.made()).hasSize(3);
  }

  private static void tell(WorkflowStub run, String container) {
    run.signal("externalEvent", Map.of("source", "docker", "id", container, "status", "die"));
  }

  /** How many there are once there are this many. */
  private static int looksGivenUp(WorkflowStub run, int least) {
    return await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                (int)
                    stack.history(run).getEvents().stream()
                        .filter(HistoryEvent::hasActivityTaskCancelRequestedEventAttributes)
                        .count(),
            looks -> looks >= least);
  }

  @Test
  void a_configuration_that_can_change_is_refused_unless_its_bytes_are_stated_or_it_may() {
    String bucket = stack.seed("s3.bucket");
    byte[] bytes = "datasets: []\n".getBytes(StandardCharsets.UTF_8);
    stack.sandbox().objects().put(bucket, "config/moves.yaml", "application/yaml", bytes);
    String uri = "s3://" + bucket + "/config/moves.yaml";

    Plan moving = configured(Map.of("uri", uri));
    Plan other = configured(Map.of("uri", uri, "sha256", "0".repeat(64)));
    Plan stated = configured(Map.of("uri", uri, "sha256", Digests.sha256(bytes)));
    Plan allowed = configured(Map.of("uri", uri, "allowMovingRef", true));

    assertThat(moving.problems())
        .singleElement()
        .satisfies(problem -> assertThat(problem.place()).isEqualTo("config.uri"))
        .satisfies(problem -> assertThat(problem.text()).contains("can change"));
    assertThat(other.problems())
        .singleElement()
        .satisfies(problem -> assertThat(problem.place()).isEqualTo("config.sha256"));
    assertThat(stated.problems()).isEmpty();
    assertThat(allowed.problems()).isEmpty();
    assertThat(allowed.warnings()).singleElement().asString().contains("that was used");
    assertThat(allowed.specDigest()).isEqualTo(stated.specDigest());
  }

  private static Plan configured(Map<String, Object> config) {
    ReleaseScene scene = new ReleaseScene(stack, "configured");
    Map<String, Object> request = scene.request(List.of(step("only").map()));
    request.put("config", config);
    return scene.plan(request);
  }

  private static ReleaseScene.Step step(String name) {
    return ReleaseScene.step(name, List.of("true", name));
  }
}
