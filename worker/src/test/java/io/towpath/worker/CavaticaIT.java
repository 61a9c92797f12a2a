package io.towpath.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.failure.CanceledFailure;
import io.towpath.sandbox.SandboxOptions;
import io.towpath.workflows.ledger.ClaimDecision.Difference;
import io.towpath.workflows.ledger.ClaimDecision.Verdict;
import io.towpath.workflows.model.Problem;
import io.towpath.workflows.plan.Plan;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** S3 to CAVATICA to DRS, end to end over real HTTP, counted at the sandbox's journal. */
@Tag("suite")
@Timeout(value = 120, unit = TimeUnit.SECONDS)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CavaticaIT {
  private static final String RUN = "POST /tasks/{id}/actions/run";
  private static final String ABORT = "POST /tasks/{id}/actions/abort";
  private static final String FOR_EVER =
      "[{\"status\":\"RUNNING\",\"forMs\":600000},{\"status\":\"COMPLETED\"}]";
  private static final String FAILING =
      "[{\"status\":\"FAILED\",\"detail\":{\"errorMessage\":\"no space left\"}}]";

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
  void a_sheet_done_twice_has_happened_once() {
    SheetScene scene = new SheetScene(stack, "twice").sample("a").sample("b");
    Map<String, Object> request = scene.request(Map.of());
    request.put("drs", Map.of("minter", "indexd", "selfUriBase", "drs://dg.4503:"));
    WorkflowStub run = scene.start(request);
    JsonNode first = stack.report(run);
    stack.keep(run, "cavatica-succeeded");
    assertThat(outcome(first)).isEqualTo("SUCCEEDED");
    long effects = lastEffect();

    JsonNode second = stack.report(scene.start(request));

    assertThat(outcome(second)).isEqualTo("NOOP");
    assertThat(lastEffect()).isEqualTo(effects);
    assertThat(scene.drafted()).hasSize(2);
    assertThat(scene.changed(RUN)).hasSize(2).doesNotHaveDuplicates();
    assertThat(first.at("/imports/imported").asInt()).isEqualTo(4);
    assertThat(first.at("/collated/count").asInt()).isPositive();
    assertThat(first.at("/collated/manifestSynId").asText()).startsWith("syn");
    assertThat(first.path("sheetOut")).isEqualTo(first.at("/collated/manifestSynId"));
    assertThat(first.at("/drs/minted")).isEqualTo(first.at("/collated/count"));
    assertThat(scene.ids(first)).hasSize(first.at("/drs/minted").asInt()).doesNotHaveDuplicates();
    assertThat(stack.effects("indexd", "")).hasSize(first.at("/drs/minted").asInt());
  }

  @Test
  void a_sample_that_is_added_to_the_sheet_runs_alone() {
    SheetScene scene = new SheetScene(stack, "added").sample("a").sample("b");
    assertThat(outcome(stack.report(scene.start(scene.request(Map.of()))))).isEqualTo("SUCCEEDED");

    JsonNode report = stack.report(scene.start(scene.sample("c").request(Map.of())));

    assertThat(outcome(report)).isEqualTo("SUCCEEDED");
    assertThat(report.at("/taskCounts/cached").asInt()).isEqualTo(2);
    assertThat(report.at("/imports/imported").asInt()).isEqualTo(2);
    assertThat(scene.drafted())
        .extracting(task -> task.at("/object/name").asText().split(" ", 2)[0])
        .containsExactlyInAnyOrder("a_added", "b_added", "c_added");
  }

  @Test
  void a_task_that_fails_leaves_the_others_and_is_done_again_alone() {
    SheetScene scene = new SheetScene(stack, "partial").sample("good").sample("bad");
    scene.plan("bad", 2, FAILING);
    Map<String, Object> request = scene.request(Map.of());

    WorkflowStub run = scene.start(request);

    assertThat(scene.failureOf(run))
        .satisfies(f -> assertThat(f.getType()).isEqualTo("PARTIAL"))
        .satisfies(f -> assertThat(f.getOriginalMessage()).contains("bad_partial (FAILED"))
        .satisfies(f -> assertThat(f.getOriginalMessage()).contains("of the other 1 samples"));
    stack.keep(run, "cavatica-partial");
    assertThat(scene.drafted()).hasSize(3);

    JsonNode report = stack.report(scene.start(request));

    assertThat(outcome(report)).isEqualTo("SUCCEEDED");
    assertThat(report.path("generation").asInt()).isEqualTo(2);
    assertThat(report.at("/taskCounts/cached").asInt()).isEqualTo(1);
    assertThat(scene.drafted()).hasSize(4);
  }

  @Test
  void one_failure_stops_what_has_not_begun_where_the_request_says_so() {
    SheetScene scene = new SheetScene(stack, "halting").sample("bad").sample("later");
    scene.plan("bad", 1, FAILING);

    WorkflowStub run =
        scene.start(
            scene.request(Map.of("onTaskFailure", "stop", "maxConcurrent", 1, "maxReruns", 0)));

    assertThat(scene.failureOf(run).getType()).isEqualTo("RUN_FAILED");
    assertThat(scene.changed(RUN)).hasSize(1);
    assertThat(scene.changed("DELETE /tasks/{id}")).hasSize(1);
  }

  @Test
  void cancelling_aborts_what_runs_and_deletes_our_drafts_alone() {
    SheetScene scene = new SheetScene(stack, "cancelled").sample("a").sample("b");
    String app = stack.seed("sevenbridges.publicApp") + "/0";
    String theirs =
        stack
            .sandbox()
            .sevenBridgesSeed()
            .task(scene.project(), app, "b_cancelled read-quality-summary", "DRAFT");
    scene.plan("a", 1, FOR_EVER);
    scene.plan("b", 1, FOR_EVER);
    WorkflowStub run = scene.start(scene.request(Map.of("maxConcurrent", 1)));
    SheetScene.await(() -> !scene.changed(RUN).isEmpty());

    run.cancel();

    assertThatExceptionOfType(WorkflowFailedException.class)
        .isThrownBy(() -> run.getResult(Map.class))
        .withCauseInstanceOf(CanceledFailure.class);
    stack.replay(run);
    stack.keep(run, "cavatica-cancelled");
    assertThat(scene.changed(ABORT)).hasSize(1);
    assertThat(scene.changed("DELETE /tasks/{id}")).hasSize(1);
    assertThat(stack.sevenBridges("/tasks/" + theirs).path("status").asText()).isEqualTo("DRAFT");
  }

  @Test
  void drafts_alone_are_left_for_people() {
    SheetScene scene = new SheetScene(stack, "drafts").sample("a");

    JsonNode report = stack.report(scene.start(scene.request(Map.of("launch", "draftOnly"))));

    assertThat(outcome(report)).isEqualTo("SUCCEEDED");
    assertThat(report.at("/tasks/0/status").asText()).isEqualTo("DRAFT");
    assertThat(scene.drafted()).hasSize(1);
    assertThat(scene.changed(RUN)).isEmpty();
    assertThat(scene.changed("DELETE /tasks/{id}")).isEmpty();
  }

  @Test
  void drafts_that_were_left_are_run_once_somebody_asks_for_that() {
    SheetScene scene = new SheetScene(stack, "later").sample("a").sample("b");
    Map<String, Object> drafts = scene.request(Map.of("launch", "draftOnly"));
    drafts.put("sheet", Map.of("uri", "syn://" + scene.sheetId() + ".1"));
    Map<String, Object> runs = new TreeMap<>(drafts);
    Map<String, Object> tasks = new TreeMap<>(scene.request(Map.of()));
    runs.put("tasks", tasks.get("tasks"));
    assertThat(outcome(stack.report(scene.start(drafts)))).isEqualTo("SUCCEEDED");
    assertThat(outcome(stack.report(scene.start(drafts)))).isEqualTo("NOOP");

    JsonNode report = stack.report(scene.start(runs));

    assertThat(outcome(report)).isEqualTo("SUCCEEDED");
    assertThat(report.at("/taskCounts/found").asInt()).isEqualTo(2);
    assertThat(report.at("/taskCounts/cached").asInt()).isZero();
    assertThat(scene.drafted()).hasSize(2);
    assertThat(scene.changed(RUN)).hasSize(2).doesNotHaveDuplicates();
    assertThat(outcome(stack.report(scene.start(drafts)))).isEqualTo("NOOP");
  }

  @Test
  void drafts_wait_at_the_gate_until_somebody_approves() {
    SheetScene scene = new SheetScene(stack, "gate").sample("a");
    WorkflowStub run = scene.start(scene.request(Map.of("launch", "afterApproval")));
    SheetScene.await(() -> SheetScene.status(run).attention().isPresent());
    assertThat(scene.changed(RUN)).isEmpty();
    assertThatExceptionOfType(WorkflowUpdateException.class)
        .isThrownBy(() -> SheetScene.approve(run, "publish"))
        .satisfies(e -> assertThat(String.valueOf(e.getCause())).contains("waiting: launch"));

    SheetScene.approve(run, "launch");
    JsonNode report = stack.report(run);

    assertThat(outcome(report)).isEqualTo("SUCCEEDED");
    assertThat(report.at("/approvals/launch").asText()).isEqualTo("ada: looks right");
    assertThat(scene.changed(RUN)).hasSize(1);
  }

  @Test
  void other_work_under_a_key_that_is_done_is_a_conflict_field_by_field() {
    SheetScene scene = new SheetScene(stack, "conflict").sample("a");
    assertThat(outcome(stack.report(scene.start(scene.request(Map.of()))))).isEqualTo("SUCCEEDED");
    Map<String, Object> other = scene.request(Map.of("name", "{sample_id} [{opKey}]"));
    other.put("sheet", Map.of("uri", "syn://" + scene.sheetId() + ".1"));

    Plan plan = scene.plan(other);

    assertThat(plan.decision().orElseThrow().verdict()).isEqualTo(Verdict.CONFLICT);
    assertThat(plan.decision().orElseThrow().differences())
        .extracting(Difference::path)
        .containsExactly("tasks.name");
    assertThat(scene.failureOf(scene.start(other)).getType()).isEqualTo("CONFLICT");
    assertThat(scene.drafted()).hasSize(1);
  }

  @Test
  void everything_that_is_wrong_is_told_before_anything_is_made() {
    SheetScene scene = new SheetScene(stack, "wrong").sample("a");
    Map<String, Object> request =
        scene.request(Map.of("inputs", Map.of("input_pe_reads", "files.file", "smaple", "'a'")));
    request.put("drs", Map.of("minter", "indexd", "checksums", List.of("crc")));
    request.put(
        "collate", Map.of("to", "synapse:syn999", "export", Map.of("volume", "nobody/none")));
    request.put("import", Map.of("volume", "nobody/nothing"));
    long effects = lastEffect();

    Plan plan = scene.plan(request);

    assertThat(plan.problems())
        .extracting(Problem::place)
        .contains("import.volume", "collate.export.volume");
    assertThat(lastEffect()).isEqualTo(effects);
  }

  private static String outcome(JsonNode report) {
    return report.path("outcome").asText();
  }

  private static long lastEffect() {
    JsonNode effects = stack.control("GET", "/effects", "");
    return effects.isEmpty() ? 0 : effects.get(effects.size() - 1).path("seq").asLong();
  }
}
