package io.towpath.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.CanceledFailure;
import io.towpath.sandbox.SandboxOptions;
import io.towpath.workflows.model.S3Uri;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Releases that did not go well the first time, and what a later start of them makes of it. */
@Tag("suite")
@Timeout(value = 120, unit = TimeUnit.SECONDS)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ReleaseAgainIT {
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
  void a_release_that_shrank_is_refused_by_every_start_until_its_manifest_is_whole_again() {
    ReleaseScene scene = new ReleaseScene(stack, "shrank");
    ReleaseFolder folder = new ReleaseFolder(stack, "shrank", 10);
    Map<String, Object> request = scene.gated();
    request.put("verify", folder.verify(Map.of("mustNotShrinkBy", 0.2)));

    assertThat(scene.failure(leaving(folder, 7, scene.start(request))).getOriginalMessage())
        .contains("shrank from 10 rows to 7");
    assertThat(scene.failure(leaving(folder, 7, scene.start(request))).getOriginalMessage())
        .contains("shrank from 10 rows to 7");
    JsonNode whole = stack.report(leaving(folder, 8, scene.start(request)));

    assertThat(whole.path("outcome").asText()).isEqualTo("SUCCEEDED_WITH_WARNINGS");
    assertThat(whole.path("generation").asInt()).isEqualTo(3);
    assertThat(scene.made()).hasSize(2);
  }

  @Test
  void a_release_that_succeeded_is_the_measure_of_what_is_done_again() {
    ReleaseScene scene = new ReleaseScene(stack, "measure");
    ReleaseFolder folder = new ReleaseFolder(stack, "measure", 10);
    folder.list(2);
    Map<String, Object> request = scene.gated();
    request.put("verify", folder.verify(Map.of("mustNotShrinkBy", 0.2)));
    stack.report(leaving(folder, 10, scene.start(request)));
    request.put("rerun", "always");
    scene.plannedWell(2);

    assertThat(scene.failure(leaving(folder, 7, scene.start(request))).getOriginalMessage())
        .contains("shrank from 10 rows to 7");
  }

  /** Lets the steps leave a manifest, and the run go on. */
  private static WorkflowStub leaving(ReleaseFolder folder, int rows, WorkflowStub run) {
    ReleaseScene.atGate(run);
    folder.list(rows);
    ReleaseScene.approve(run, ReleaseScene.GATE, "jane");
    return run;
  }

  @Test
  void a_start_that_was_cancelled_before_it_ran_anything_forgets_nothing_that_was_done() {
    ReleaseScene scene = new ReleaseScene(stack, "forgets");
    Map<String, Object> request = scene.gated();
    ReleaseFolder folder = new ReleaseFolder(stack, "forgets", 1);
    request.put("verify", folder.verify(Map.of("onUnchanged", "fail")));
    scene.failure(leaving(folder, 1, scene.start(request)));

    WorkflowStub cancelled = ReleaseScene.atGate(scene.start(request));
    cancelled.cancel();
    assertThatThrownBy(() -> cancelled.getResult(Map.class))
        .hasCauseInstanceOf(CanceledFailure.class);
    request.remove("verify");
    WorkflowStub last = leaving(folder, 1, scene.start(request));
    JsonNode third = stack.report(last);
    stack.keep(last, "release-again");

    assertThat(third.path("generation").asInt()).isEqualTo(3);
    assertThat(third.at("/itemCounts/DONE_BEFORE").asInt()).isEqualTo(2);
    assertThat(scene.made()).hasSize(2);
  }

  @Test
  void a_step_is_run_again_after_what_it_needs_though_it_succeeded_before() {
    ReleaseScene scene = new ReleaseScene(stack, "outdated");
    ReleaseScene.Step process = ReleaseScene.step("process", List.of("true", "1"));
    Map<String, Object> request =
        scene.request(
            List.of(
                process.map(),
                ReleaseScene.step("check", List.of("true")).map(),
                ReleaseScene.step("release", List.of("true"))
                    .with("needs", List.of("process"))
                    .map()));
    ReleaseFolder folder = new ReleaseFolder(stack, "outdated", 1);
    request.put("verify", folder.verify(Map.of("onUnchanged", "fail")));
    scene.plannedWell(3);
    scene.failure(scene.start(request));
    process.with("command", List.of("true", "2"));
    scene.planned(ReleaseScene.exits(0), ReleaseScene.exits(3));
    scene.failure(scene.start(request));
    request.remove("verify");
    scene.plannedWell(1);

    JsonNode report = stack.report(scene.start(request));

    assertThat(report.at("/itemCounts/DONE_BEFORE").asInt()).isEqualTo(2);
    assertThat(report.at("/itemCounts/SUCCEEDED").asInt()).isEqualTo(1);
    assertThat(scene.made()).hasSize(6);
  }

  @Test
  void what_was_recorded_is_promoted_by_the_next_start_whatever_the_folder_holds_by_then() {
    ReleaseScene scene = new ReleaseScene(stack, "next-start");
    ReleaseFolder folder = new ReleaseFolder(stack, "next-start", 3);
    WorkflowStub first = ReleaseScene.atGate(scene.start(promotedTwice(scene, folder)));
    folder.list(2);
    first.cancel();
    assertThatThrownBy(() -> first.getResult(Map.class)).hasCauseInstanceOf(CanceledFailure.class);

    assertPromotesTheFirst(scene, folder, 2);
  }

  @Test
  void what_was_recorded_is_promoted_by_whoever_takes_over() {
    ReleaseScene scene = new ReleaseScene(stack, "take-over");
    ReleaseFolder folder = new ReleaseFolder(stack, "take-over", 3);
    WorkflowStub first = ReleaseScene.atGate(scene.start(promotedTwice(scene, folder)));
    folder.list(2);
    first.terminate("as an operator may");

    assertPromotesTheFirst(scene, folder, 1);
  }

  @Test
  void whoever_takes_over_looks_after_what_was_asked_for_again() {
    ReleaseScene scene = new ReleaseScene(stack, "asked-again");
    Map<String, Object> request =
        scene.request(List.of(ReleaseScene.step("only", List.of("true")).map()));
    scene.planned(
        ReleaseScene.exits(0), "[{\"status\":\"running\",\"forMs\":1500},{\"status\":\"exited\"}]");
    stack.report(scene.start(request));
    request.put("rerun", "always");
    WorkflowStub second = scene.start(request);
    Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> scene.started().size() == 2);
    second.terminate("as an operator may");
    request.remove("rerun");

    JsonNode report = stack.report(scene.start(request));

    assertThat(report.path("generation").asInt()).isEqualTo(2);
    assertThat(report.at("/items/0/status").asText()).isEqualTo("SUCCEEDED");
    assertThat(scene.made()).hasSize(2);
  }

  private static void assertPromotesTheFirst(
      ReleaseScene scene, ReleaseFolder folder, int generation) {
    WorkflowStub second = ReleaseScene.atGate(scene.start(promotedTwice(scene, folder)));
    ReleaseScene.approve(second, ReleaseScene.GATE, "jane");
    JsonNode report = stack.report(second);

    assertThat(report.path("outcome").asText()).isEqualTo("SUCCEEDED");
    assertThat(report.path("generation").asInt()).isEqualTo(generation);
    assertThat(report.at("/promotions/0/synId").asText()).endsWith(".1");
    assertThat(md5(report, 1)).isEqualTo(md5(report, 0));
    assertThat(report.at("/manifest/record").asText()).endsWith("/g1/release.json");
    assertThat(scene.made()).hasSize(1);
    assertThat(ReleaseScene.stages(second)).containsEntry("step only", "skipped");
  }

  @Test
  void a_record_that_somebody_changed_is_not_promoted() {
    ReleaseScene scene = new ReleaseScene(stack, "changed");
    ReleaseFolder folder = new ReleaseFolder(stack, "changed", 3);
    WorkflowStub run = ReleaseScene.atGate(scene.start(promotedTwice(scene, folder)));
    S3Uri record =
        new S3Uri(stack.env().getOrDefault("TOWPATH_LEDGER", ""))
            .resolve("work/" + scene.id() + "/g1/release.json");
    stack
        .sandbox()
        .objects()
        .put(record.bucket(), record.key(), "application/json", new byte[] {'{', '}'});
    ReleaseScene.approve(run, ReleaseScene.GATE, "jane");
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> ReleaseScene.attention(run).contains("somebody changed it"));

    run.update("fail", String.class, Map.of("reason", "forged"));

    assertThat(scene.failure(run))
        .satisfies(failure -> assertThat(failure.getType()).isEqualTo("CHECKSUM_MISMATCH"))
        .satisfies(
            failure ->
                assertThat(failure.getOriginalMessage())
                    .endsWith(
                        "it was promoted to staging; the next start promotes the same record to the"
                            + " others"));
  }

  /** One step; to staging at once, and to prod once Jane approves. */
  private static Map<String, Object> promotedTwice(ReleaseScene scene, ReleaseFolder folder) {
    Map<String, Object> request =
        scene.request(List.of(ReleaseScene.step("only", List.of("true")).map()));
    request.put("verify", folder.verify(Map.of("onUnchanged", "accept")));
    request.put("gates", Map.of(ReleaseScene.GATE, Map.of("approvers", List.of("jane"))));
    String name = scene.id().replace('/', '-');
    String prod = stack.folder(name + "-prod");
    request.put(
        "promote",
        List.of(
            Map.of("to", "staging", "parent", stack.folder(name + "-staging")),
            Map.of("to", "prod", "parent", prod, "gate", ReleaseScene.GATE)));
    return request;
  }

  @Test
  void a_rollback_promotes_the_earlier_record_again_and_runs_nothing() {
    ReleaseFolder folder = new ReleaseFolder(stack, "rollback", 3);
    JsonNode one = promoted("june", folder);
    folder.list(2);
    JsonNode two = promoted("july", folder);
    ReleaseScene scene = new ReleaseScene(stack, "back-to-june");
    Map<String, Object> request = scene.rollback("june");
    request.put("promote", List.of(promotion()));

    JsonNode back = stack.report(scene.start(request));

    assertThat(back.path("outcome").asText()).isEqualTo("SUCCEEDED");
    assertThat(back.path("rollbackTo").asText()).isEqualTo("june");
    assertThat(scene.made()).isEmpty();
    assertThat(List.of(one, two, back))
        .extracting(report -> report.at("/promotions/0/synId").asText().replaceFirst(".*\\.", ""))
        .containsExactly("1", "2", "3");
    assertThat(back.at("/manifest/sha256")).isEqualTo(one.at("/manifest/recordSha256"));
    assertThat(md5(back)).isEqualTo(md5(one)).isNotEqualTo(md5(two));
    assertThat(stack.report(scene.start(request)).path("outcome").asText()).isEqualTo("NOOP");
  }

  @Test
  void a_rollback_to_what_was_never_recorded_is_refused() {
    ReleaseScene scene = new ReleaseScene(stack, "back-to-nothing");
    Map<String, Object> request = scene.rollback("never");
    request.put("promote", List.of(promotion()));

    assertThat(scene.plan(request).problems())
        .singleElement()
        .satisfies(problem -> assertThat(problem.place()).isEqualTo("rollbackTo"))
        .satisfies(problem -> assertThat(problem.text()).contains("was never recorded"));
  }

  private static JsonNode promoted(String release, ReleaseFolder folder) {
    ReleaseScene scene = new ReleaseScene(stack, release);
    Map<String, Object> request =
        scene.request(List.of(ReleaseScene.step("only", List.of("true")).map()));
    request.put("verify", folder.verify(Map.of("onUnchanged", "accept")));
    request.put("promote", List.of(promotion()));
    return stack.report(scene.start(request));
  }

  private static Map<String, Object> promotion() {
    return Map.of("to", "prod", "parent", stack.folder("prod"));
  }

  /** Of the version that was filed, as Synapse knows it. */
  private static String md5(JsonNode report) {
    return md5(report, 0);
  }

  private static String md5(JsonNode report, int promotion) {
    String[] id = report.at("/promotions/" + promotion + "/synId").asText().split("\\.", 2);
    String path = "/repo/v1/entity/" + id[0] + "/version/" + id[1] + "/filehandles";
    return stack.synapse(path).at("/list/0/contentMd5").asText();
  }
}
