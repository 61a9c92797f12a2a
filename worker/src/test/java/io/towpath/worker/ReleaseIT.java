package io.towpath.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateException;
import io.towpath.sandbox.SandboxOptions;
import io.towpath.workflows.WorkflowIds;
import io.towpath.workflows.holder.LeaseHolder;
import io.towpath.workflows.lease.LeaseWorkflow;
import io.towpath.workflows.model.Problem;
import java.time.Duration;
import java.util.ArrayList;
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

/** Releases, end to end over real HTTP with real processes, counted at the sandbox's journal. */
@Tag("suite")
@Timeout(value = 120, unit = TimeUnit.SECONDS)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ReleaseIT {
  private static final String RUNS_A_WHILE =
      "[{\"status\":\"running\",\"forMs\":1500},{\"status\":\"exited\"}]";

  private static Stack stack;

  @BeforeAll
  static void start() {
    stack = new Stack(SandboxOptions.forTests(), Stack.FAST);
  }

  @AfterAll
  static void stop() {
    stack.close();
  }

  @Test
  @Tag("proof")
  void a_release_done_twice_has_happened_once_and_what_was_recorded_is_promoted() {
    ReleaseScene scene = new ReleaseScene(stack, "twice");
    Map<String, Object> request = scene.request();
    request.put("exclusive", List.of("synapse:" + stack.seed("release.destination")));
    request.put("verify", scene.verify());
    request.put("gates", Map.of("to-prod", Map.of("approvers", List.of("jane", "joe"))));
    request.put(
        "promote",
        List.of(
            Map.of("to", "staging", "parent", stack.seed("release.staging")),
            Map.of("to", "prod", "parent", stack.seed("release.prod"), "gate", "to-prod")));
    WorkflowStub run = scene.start(request);
    awaitGateAfterStaging(run);
    assertThatThrownBy(() -> ReleaseScene.approve(run, "to-heaven", "jane"))
        .hasStackTraceContaining("no gate that waits");
    ReleaseScene.approve(run, "to-prod", "jane");
    JsonNode first = stack.report(run);
    stack.keep(run, "release-succeeded");
    stack.effects("", "");
    long effects = stack.lastEffectSeen();

    JsonNode second = stack.report(scene.start(request));

    assertThat(outcome(first)).isEqualTo("SUCCEEDED");
    assertThat(outcome(second)).isEqualTo("NOOP");
    assertThat(stack.effects("", "", effects)).isEmpty();
    assertThat(scene.made()).hasSize(4).doesNotHaveDuplicates();
    assertThat(scene.started()).containsExactlyElementsOf(scene.made());
    assertThat(first.path("imageDigest").asText()).startsWith("sha256:");
    assertThat(first.path("configSha256").asText()).hasSize(64);
    assertThat(first.at("/itemCounts/SUCCEEDED").asInt()).isEqualTo(4);
    assertThat(first.path("items"))
        .allSatisfy(item -> assertThat(item.at("/outputs/0/synId").asText()).startsWith("syn"));
    assertThat(first.at("/manifest/files").asInt()).isPositive();
    assertThat(first.at("/approvals/to-prod").asText()).isEqualTo("jane: well");
    JsonNode record = record(first);
    assertThat(record.path("files")).hasSize(first.at("/manifest/files").asInt());
    assertThat(record.at("/manifest/id").asText())
        .startsWith(first.at("/manifest/synId").asText() + ".");
    assertThat(first.path("promotions")).hasSize(2);
    assertThat(first.at("/promotions/0/synId").asText()).startsWith("syn");
    List<HistoryEvent> events = stack.history(run).getEvents();
    Records.measured(
        "events in the history of a release of four containers", String.valueOf(events.size()));
    assertThat(events).hasSizeLessThanOrEqualTo(150 + 10 * 4);
    assertThat(events)
        .filteredOn(event -> !event.getEventType().name().contains("WORKFLOW_TASK"))
        .hasSizeLessThanOrEqualTo(50 + 10 * 4);
  }

  /** Queries would lengthen the history that is measured: the gate comes after what is filed. */
  private static void awaitGateAfterStaging(WorkflowStub run) {
    Map<String, Object> files =
        Map.of("parentId", stack.seed("release.staging"), "includeTypes", List.of("file"));
    await(() -> !stack.synapse("/repo/v1/entity/children", files).path("page").isEmpty());
    await(() -> refusal(run, "mallory").contains("its approvers: jane, joe"));
  }

  private static String refusal(WorkflowStub run, String by) {
    try {
      ReleaseScene.approve(run, "to-prod", by);
      throw new AssertionError(by + " opened the gate");
    } catch (WorkflowUpdateException refused) {
      return String.valueOf(refused.getCause());
    }
  }

  @Test
  void an_item_that_fails_keeps_the_manifest_from_being_written_and_runs_alone_next_time() {
    ReleaseScene scene = new ReleaseScene(stack, "partial");
    Map<String, Object> request = scene.request();
    scene.planned(ReleaseScene.exits(3));
    scene.plannedWell(4);

    WorkflowStub run = scene.start(request);

    assertThat(scene.failure(run))
        .satisfies(f -> assertThat(f.getType()).isEqualTo("PARTIAL"))
        .satisfies(f -> assertThat(f.getOriginalMessage()).contains("exit code 3"));
    assertThat(scene.made()).hasSize(3);

    JsonNode report = stack.report(scene.start(request));

    assertThat(outcome(report)).isEqualTo("SUCCEEDED");
    assertThat(report.path("generation").asInt()).isEqualTo(2);
    assertThat(report.at("/itemCounts/DONE_BEFORE").asInt()).isEqualTo(2);
    assertThat(scene.made()).hasSize(5).doesNotHaveDuplicates();
  }

  @Test
  void a_program_that_ran_out_of_memory_gets_more_and_the_report_says_so() {
    ReleaseScene scene = new ReleaseScene(stack, "memory");
    Map<String, Object> request =
        scene.request(
            List.of(
                ReleaseScene.step(
                        "process",
                        List.of("release-step", "process", "{config}", "--dataset", "biodomains"))
                    .with("resources", Map.of("default", Map.of("memoryGb", 3)))
                    .map()));
    scene.planned(ReleaseScene.exits(137), ReleaseScene.exits(137), ReleaseScene.exits(137));

    WorkflowStub run = scene.start(request);

    assertThat(scene.failure(run).getOriginalMessage())
        .contains("killed, memory suspected (it had 12 GiB)")
        .contains("attempt 3");
    assertThat(memory(scene)).containsExactly(3L << 30, 6L << 30, 12L << 30);
  }

  @Test
  void everything_that_is_wrong_is_told_at_once_and_nothing_is_done() {
    ReleaseScene scene = new ReleaseScene(stack, "wrong");
    Map<String, Object> request = scene.request();
    request.put("image", stack.seed("release.image").replace("1.0.0", "9.9.9"));
    request.put("secrets", Map.of("SYNAPSE_AUTH_TOKEN", "env:NO_SUCH_VARIABLE"));
    request.put("verify", Map.of("manifest", Map.of("parent", "syn99999999")));
    request.put(
        "steps",
        List.of(
            ReleaseScene.step("process", List.of("release-step", "{item}"))
                .with("items", Map.of("fromConfig", "datasets[*].keys", "only", List.of("genes")))
                .map()));

    List<Problem> problems = scene.plan(request).problems();
    assertThat(problems)
        .extracting(Problem::place)
        .contains("image", "secrets.SYNAPSE_AUTH_TOKEN", "steps[0].items.only");
    assertThat(problems)
        .extracting(Problem::text)
        .anyMatch(text -> text.contains("9.9.9"))
        .anyMatch(text -> text.contains("NO_SUCH_VARIABLE"))
        .anyMatch(text -> text.startsWith("genes: no such item; items: gene_info"));
    assertThat(scene.failure(scene.start(request)).getType()).isEqualTo("INPUT_REJECTED");
    assertThat(scene.made()).isEmpty();
  }

  @Test
  void a_cancelled_release_stops_its_containers_and_gives_back_its_turn() {
    ReleaseScene scene = new ReleaseScene(stack, "cancelled");
    Map<String, Object> request = scene.request();
    request.put("exclusive", List.of("synapse:shared"));
    scene.planned("[{\"status\":\"running\",\"forMs\":600000},{\"status\":\"exited\"}]");
    WorkflowStub run = scene.start(request);
    await(() -> !scene.started().isEmpty());

    run.cancel();

    assertThatThrownBy(() -> run.getResult(Map.class)).isInstanceOf(WorkflowFailedException.class);
    assertThat(scene.started()).hasSize(1);
    assertThat(scene.containers("POST /containers/{id}/stop")).containsAll(scene.started());
    ReleaseScene next = new ReleaseScene(stack, "after-cancelled");
    Map<String, Object> again = next.request();
    again.put("exclusive", List.of("synapse:shared"));
    next.plannedWell(4);
    assertThat(outcome(stack.report(next.start(again)))).isEqualTo("SUCCEEDED");
  }

  @Test
  void releases_of_one_resource_never_overlap_and_the_first_to_come_is_served_first() {
    List<ReleaseScene> scenes = new ArrayList<>();
    List<WorkflowStub> runs = new ArrayList<>();
    for (String name : List.of("first", "second", "third")) {
      ReleaseScene scene = new ReleaseScene(stack, name);
      Map<String, Object> request =
          scene.request(
              List.of(
                  ReleaseScene.step("one", List.of("true")).map(),
                  ReleaseScene.step("two", List.of("true")).map()));
      request.put("exclusive", List.of("synapse:contested", "synapse:" + name));
      scene.planned(RUNS_A_WHILE, RUNS_A_WHILE);
      scenes.add(scene);
      runs.add(scene.start(request));
      await(() -> queued("synapse:contested") == runs.size());
    }
    runs.forEach(run -> assertThat(outcome(stack.report(run))).isEqualTo("SUCCEEDED"));

    List<ReleaseScene.Interval> busy = scenes.stream().map(ReleaseScene::busy).toList();
    assertThat(busy).allSatisfy(one -> assertThat(one.containers()).isEqualTo(2));
    assertThat(busy.get(0).end()).isBefore(busy.get(1).begin());
    assertThat(busy.get(1).end()).isBefore(busy.get(2).begin());
  }

  /** Holders and waiters of a resource, as everybody may see them. */
  private static int queued(String resource) {
    return stack
        .client()
        .newUntypedWorkflowStub(WorkflowIds.lease("release/" + resource))
        .describe()
        .getMemo(LeaseWorkflow.QUEUE, LeaseHolder[].class, LeaseHolder[].class)
        .length;
  }

  private static JsonNode record(JsonNode report) {
    try {
      return Stack.JSON.readTree(stack.object(report.at("/manifest/record").asText()));
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Long> memory(ReleaseScene scene) {
    return stack.effects("container", "POST /containers/create").stream()
        .filter(effect -> scene.made().contains(effect.at("/object/name").asText()))
        .map(effect -> effect.at("/request/HostConfig/Memory").asLong())
        .toList();
  }

  private static String outcome(JsonNode report) {
    return report.path("outcome").asText();
  }

  private static void await(Callable<Boolean> until) {
    Awaitility.await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(until);
  }
}
