package io.towpath.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateException;
import io.towpath.sandbox.SandboxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What people may do with a release that goes on, and what they may not. */
@Tag("suite")
@Timeout(value = 300, unit = TimeUnit.SECONDS)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ReleaseOperatorIT {
  /** One item fails the first time, the other goes on until there is a file. */
  private static final String SCRIPT =
      "case $1 in fails) if mkdir $0/failed; then exit 3; fi; echo towpath-output syn77.2 new;;"
          + " waits) until [ -e $0/end ]; do sleep 0.05; done;; esac";

  private static final String GOES_ON =
      "[{\"status\":\"running\",\"forMs\":600000},{\"status\":\"exited\"}]";

  private static Stack stack;

  @TempDir private Path folder;

  @BeforeAll
  static void start() {
    stack = new Stack(SandboxOptions.forTests(), Stack.FAST);
  }

  @AfterAll
  static void stop() {
    stack.close();
  }

  @Test
  void an_item_that_failed_is_run_again_with_more_while_others_go_on() throws IOException {
    ReleaseScene scene = new ReleaseScene(stack, "more");
    WorkflowStub run = scene.start(scene.request(List.of(step().map())));
    Map<String, Object> more = Map.of("memoryGb", 5, "cpus", 2.5);
    await(() -> retry(run, List.of("ghost"), more).contains("failed: fails"));

    assertThat(retry(run, List.of("fails"), Map.of("memoryGb", 0))).contains("not 1 to 4096");
    assertThat(retry(run, List.of("process/fails"), more)).isEmpty();
    await(() -> scene.started().size() == 3);
    Files.createFile(folder.resolve("end"));
    JsonNode report = stack.report(run);

    assertThat(report.path("outcome").asText()).isEqualTo("SUCCEEDED");
    JsonNode item = report.at("/items/0");
    assertThat(item.path("name").asText()).isEqualTo("process/fails");
    assertThat(item.path("attempts").asInt()).isEqualTo(2);
    assertThat(item.path("memoryGb").asInt()).isEqualTo(5);
    assertThat(item.at("/earlier/0").asText()).startsWith("exit code 3");
    assertThat(item.at("/outputs/0/synId").asText()).isEqualTo("syn77");
    assertThat(item.at("/outputs/0/isNewVersion").asBoolean()).isTrue();
    assertThat(scene.effects("POST /containers/create"))
        .extracting(made -> made.at("/request/HostConfig/Memory").asLong() >> 30)
        .containsExactlyInAnyOrder(2L, 2L, 5L);
  }

  @Test
  void what_cannot_be_given_and_what_did_not_fail_is_refused() throws IOException {
    ReleaseScene scene = new ReleaseScene(stack, "refuses");
    Files.createDirectory(folder.resolve("failed"));
    WorkflowStub run = scene.start(scene.request(List.of(step().map())));
    await(() -> scene.started().size() == 2);

    assertThat(retry(run, List.of("fails"), Map.of("memoryGb", 3)))
        .contains("nothing waits for a decision");
    Files.createFile(folder.resolve("end"));

    assertThat(stack.report(run).path("outcome").asText()).isEqualTo("SUCCEEDED");
    assertThat(scene.made()).hasSize(2);
  }

  @Test
  void a_container_that_was_refused_is_asked_for_again_under_its_own_key() throws IOException {
    ReleaseScene scene = new ReleaseScene(stack, "refused");
    stack.control(
        "POST",
        "/faults",
        "{\"platform\":\"container\",\"route\":\"POST"
            + " /containers/create\",\"bodyMatches\":\"other\",\"do\":{\"kind\":\"status\",\"code\":403,\"body\":{\"message\":\"not"
            + " you\"}}}");
    WorkflowStub run =
        scene.start(scene.request(List.of(step().with("items", items("other", "waits")).map())));
    await(() -> retry(run, List.of("other"), Map.of("cpus", 1)).isEmpty());
    await(() -> scene.started().size() == 2);
    Files.createFile(folder.resolve("end"));

    JsonNode report = stack.report(run);

    assertThat(report.path("outcome").asText()).isEqualTo("SUCCEEDED");
    assertThat(report.path("items").findValuesAsText("attempts")).containsExactly("1", "1");
  }

  @Test
  void a_run_that_holds_a_resource_is_not_cancelled_without_its_containers() throws IOException {
    ReleaseScene scene = new ReleaseScene(stack, "holds");
    Map<String, Object> request = scene.request(List.of(step().map()));
    request.put("exclusive", List.of("synapse:held"));
    WorkflowStub run = scene.start(request);
    // the in-JVM server refuses a cancel of an activity that ends at that moment, and goes on never
    await(() -> retry(run, List.of("ghost"), Map.of("memoryGb", 5)).contains("failed: fails"));

    assertThatThrownBy(() -> run.update("detach", String.class))
        .hasStackTraceContaining("the run holds synapse:held");
    run.cancel();

    assertThatThrownBy(() -> run.getResult(Map.class)).isInstanceOf(WorkflowFailedException.class);
    assertThat(scene.containers("POST /containers/{id}/stop")).hasSize(1);
  }

  @Test
  void a_container_that_somebody_removed_waits_for_a_decision_and_is_run_again() {
    ReleaseScene scene = new ReleaseScene(stack, "removed");
    scene.planned(GOES_ON, ReleaseScene.exits(0));
    WorkflowStub run = scene.start(scene.request(List.of(only())));
    await(() -> scene.started().size() == 1);
    stack.engine("DELETE", "/containers/" + scene.started().get(0) + "?force=true");
    await(() -> ReleaseScene.attention(run).contains("towpath adopt"));

    assertThat(retry(run, List.of("only"), Map.of("memoryGb", 3))).isEmpty();
    JsonNode report = stack.report(run);

    assertThat(report.path("outcome").asText()).isEqualTo("SUCCEEDED");
    assertThat(report.at("/items/0/attempts").asInt()).isEqualTo(2);
    assertThat(report.at("/items/0/memoryGb").asInt()).isEqualTo(3);
    assertThat(scene.made()).hasSize(2);
  }

  @Test
  void a_run_that_was_terminated_hands_its_resource_on_once_its_containers_have_ended() {
    ReleaseScene gone = new ReleaseScene(stack, "terminated");
    Map<String, Object> request = gone.request(List.of(only()));
    request.put("exclusive", List.of("synapse:left"));
    gone.planned(GOES_ON, ReleaseScene.exits(0));
    WorkflowStub run = gone.start(request);
    await(() -> gone.started().size() == 1);
    run.terminate("as an operator may");
    ReleaseScene next = new ReleaseScene(stack, "inherits");
    Map<String, Object> another = next.request(List.of(only()));
    another.put("exclusive", List.of("synapse:left"));

    JsonNode report = stack.report(next.start(another));

    assertThat(report.path("outcome").asText()).isEqualTo("SUCCEEDED");
    assertThat(gone.busy().end()).isBefore(next.busy().begin());
    gone.plannedWell(1);
    JsonNode anew = stack.report(gone.start(request));
    assertThat(anew.path("generation").asInt()).isEqualTo(1);
    assertThat(anew.at("/items/0/status").asText()).isEqualTo("SUCCEEDED");
    assertThat(anew.at("/items/0/attempts").asInt()).isEqualTo(2);
  }

  @Test
  void a_turn_is_kept_until_what_could_not_be_stopped_has_ended() {
    ReleaseScene scene = new ReleaseScene(stack, "unstoppable");
    Map<String, Object> request = exclusive(scene, "synapse:unstoppable");
    scene.planned(GOES_ON);
    WorkflowStub run = scene.start(request);
    await(() -> scene.started().size() == 1);
    answers("POST /containers/{id}/stop", 403, "{\\\"message\\\":\\\"not you\\\"}");
    run.cancel();
    await(() -> ReleaseScene.attention(run).contains("repair it"));
    ReleaseScene next = new ReleaseScene(stack, "patient");
    next.plannedWell(1);
    WorkflowStub waiting = next.start(exclusive(next, "synapse:unstoppable"));

    run.update("retry", String.class, Map.of("items", List.of()));

    assertThatThrownBy(() -> run.getResult(Map.class)).isInstanceOf(WorkflowFailedException.class);
    assertThat(stack.report(waiting).path("outcome").asText()).isEqualTo("SUCCEEDED");
    assertThat(scene.busy().end()).isBefore(next.busy().begin());
  }

  @Test
  void a_container_that_the_executor_lost_sight_of_is_stopped_before_the_turn_is_given_back() {
    ReleaseScene scene = new ReleaseScene(stack, "unseen");
    Map<String, Object> request = exclusive(scene, "synapse:unseen");
    scene.planned(GOES_ON);
    WorkflowStub run = scene.start(request);
    await(() -> scene.started().size() == 1);
    answers("GET /containers/{id}/json", 404, "{\\\"message\\\":\\\"no such container\\\"}");
    answers("GET /containers/json", 200, "[]");
    await(() -> ReleaseScene.attention(run).contains("towpath adopt"));

    run.update("skip", String.class, Map.of("items", List.of(), "reason", "no longer wanted"));

    assertThat(scene.failure(run).getOriginalMessage()).contains("no longer wanted");
    assertThat(scene.containers("POST /containers/{id}/stop")).isEqualTo(scene.started());
  }

  @Test
  void what_a_run_did_that_took_over_is_not_done_again_by_the_next_start() {
    ReleaseScene scene = new ReleaseScene(stack, "took-over");
    scene.planned("[{\"status\":\"running\",\"forMs\":3000},{\"status\":\"exited\"}]");
    Map<String, Object> request = scene.request(List.of(only()));
    ReleaseFolder folder = new ReleaseFolder(stack, "took-over", 1);
    request.put("verify", folder.verify(Map.of("onUnchanged", "fail")));
    WorkflowStub first = scene.start(request);
    await(() -> scene.started().size() == 1);
    answers("POST /containers/{id}/stop", 403, "{\\\"message\\\":\\\"not you\\\"}");
    first.cancel();
    await(() -> ReleaseScene.attention(first).contains("repair it"));
    first.terminate("as an operator may");
    assertThat(scene.failure(scene.start(request)).getOriginalMessage())
        .contains("left every file as it was");
    request.remove("verify");

    JsonNode third = stack.report(scene.start(request));

    assertThat(third.path("generation").asInt()).isEqualTo(2);
    assertThat(third.at("/itemCounts/DONE_BEFORE").asInt()).isEqualTo(1);
    assertThat(scene.made()).hasSize(1);
  }

  @Test
  void what_an_earlier_start_could_not_stop_is_stopped_by_the_next() {
    ReleaseScene scene = new ReleaseScene(stack, "before-last");
    scene.planned(GOES_ON, ReleaseScene.exits(0));
    Map<String, Object> request = scene.request(List.of(only()));
    WorkflowStub first = scene.start(request);
    await(() -> scene.started().size() == 1);
    first.terminate("as an operator may");
    request.put("variables", Map.of("OTHER", "request"));
    request.put("rerun", "always");
    answers("POST /containers/{id}/stop", 403, "{\\\"message\\\":\\\"not you\\\"}");
    WorkflowStub second = scene.start(request);
    await(() -> ReleaseScene.attention(second).contains("repair it"));
    second.cancel();
    assertThatThrownBy(() -> second.getResult(Map.class))
        .isInstanceOf(WorkflowFailedException.class);

    JsonNode third = stack.report(scene.start(request));

    assertThat(third.path("generation").asInt()).isEqualTo(3);
    assertThat(third.path("stopped").asInt()).isEqualTo(1);
    assertThat(scene.containers("POST /containers/{id}/stop"))
        .containsExactly(scene.started().get(0));
  }

  @Test
  void what_goes_on_by_itself_takes_no_decision() {
    ReleaseScene scene = new ReleaseScene(stack, "by-itself");
    scene.planned("[{\"status\":\"running\",\"forMs\":1000},{\"status\":\"exited\"}]");
    WorkflowStub run = scene.start(scene.request(List.of(only())));
    await(() -> scene.started().size() == 1);
    answers("GET /containers/json", 500, "{\\\"message\\\":\\\"down\\\"}", 1_000);
    await(() -> ReleaseScene.attention(run).contains("cannot be asked"));

    assertThat(List.of("skip", "fail"))
        .allSatisfy(
            word ->
                assertThatThrownBy(
                        () ->
                            run.update(
                                word, String.class, Map.of("items", List.of(), "reason", "why")))
                    .hasStackTraceContaining("goes on by itself, or ends with a cancel"));
    assertThat(retry(run, List.of("only"), Map.of())).contains("goes on by itself");
    stack.control("DELETE", "/faults", "");

    assertThat(stack.report(run).path("outcome").asText()).isEqualTo("SUCCEEDED");
    assertThat(scene.made()).hasSize(1);
  }

  @Test
  void a_gate_opens_for_the_step_that_still_waits_at_it() {
    ReleaseScene scene = new ReleaseScene(stack, "one-gate");
    Map<String, Object> request =
        scene.request(
            List.of(
                ReleaseScene.step("one", List.of("true")).with("gate", ReleaseScene.GATE).map(),
                ReleaseScene.step("two", List.of("true")).with("gate", ReleaseScene.GATE).map()));
    request.put("gates", Map.of(ReleaseScene.GATE, Map.of("approvers", List.of("jane"))));
    scene.plannedWell(1);
    WorkflowStub run = scene.start(request);
    await(() -> ReleaseScene.attention(run).matches("step one: .*step two: .*"));

    run.update("skip", String.class, Map.of("items", List.of("one"), "reason", "not today"));
    ReleaseScene.approve(run, ReleaseScene.GATE, "jane");

    assertThat(scene.failure(run).getOriginalMessage()).contains("not every step was run");
    assertThat(ReleaseScene.stages(run))
        .containsEntry("step one", "skipped")
        .containsEntry("step two", "done");
  }

  @Test
  void what_an_operator_fails_ends_the_steps_beside_it() {
    ReleaseScene scene = new ReleaseScene(stack, "beside");
    scene.planned(GOES_ON, GOES_ON);
    WorkflowStub run =
        scene.start(
            scene.request(List.of(only(), ReleaseScene.step("other", List.of("true")).map())));
    await(() -> scene.started().size() == 2);
    stack.engine("DELETE", "/containers/" + scene.started().get(0) + "?force=true");
    await(() -> ReleaseScene.attention(run).contains("towpath adopt"));

    run.update("fail", String.class, Map.of("reason", "no use"));

    assertThat(scene.failure(run).getOriginalMessage()).contains("no use");
    assertThat(scene.containers("POST /containers/{id}/stop"))
        .containsExactly(scene.started().get(1));
  }

  private static Map<String, Object> exclusive(ReleaseScene scene, String resource) {
    Map<String, Object> request = scene.request(List.of(only()));
    request.put("exclusive", List.of(resource));
    return request;
  }

  /** What the engine says to the next call of a route. */
  private static void answers(String route, int code, String body) {
    answers(route, code, body, 1);
  }

  private static void answers(String route, int code, String body, int times) {
    stack.control(
        "POST",
        "/faults",
        "{\"platform\":\"container\",\"route\":\""
            + route
            + "\",\"times\":"
            + times
            + ",\"do\":{\"kind\":\"status\",\"code\":"
            + code
            + ",\"body\":\""
            + body
            + "\"}}");
  }

  private static Map<String, Object> only() {
    return ReleaseScene.step("only", List.of("true")).map();
  }

  private ReleaseScene.Step step() {
    return ReleaseScene.step("process", List.of("sh", "-c", SCRIPT, folder.toString(), "{item}"))
        .with("items", items("fails", "waits"));
  }

  private static Map<String, Object> items(String... names) {
    return Map.of("names", List.of(names));
  }

  /** What the run says against it; empty when it took the update. */
  private static String retry(WorkflowStub run, List<String> items, Map<String, Object> resources) {
    try {
      run.update("retry", String.class, Map.of("items", items, "resources", resources));
      return "";
    } catch (WorkflowUpdateException refused) {
      return String.valueOf(refused.getCause());
    }
  }

  private static void await(Callable<Boolean> until) {
    Awaitility.await().atMost(Duration.ofSeconds(60)).until(until);
  }
}
