package io.towpath.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.towpath.sandbox.SandboxOptions;
import io.towpath.workflows.ledger.ClaimDecision.Verdict;
import io.towpath.workflows.model.Problem;
import io.towpath.workflows.plan.Plan;
import io.towpath.workflows.progress.StatusView;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** One round trip on the demo seed, end to end over real HTTP, counted at the sandbox's journal. */
@WorkflowSuite
class RoundTripIT {
  @AutoClose private static final Stack stack = new Stack(SandboxOptions.forTests(), Stack.FAST);

  @Test
  void a_request_done_twice_has_happened_once() {
    Map<String, Object> request = stack.request("twice");
    JsonNode first = stack.report(stack.start(request));
    assertThat(outcome(first)).isEqualTo("SUCCEEDED");
    long effects = lastEffect();

    JsonNode second = stack.report(stack.start(request));

    assertThat(outcome(second)).isEqualTo("NOOP");
    assertThat(second.path("generation")).isEqualTo(first.path("generation"));
    assertThat(lastEffect()).isEqualTo(effects);
    assertThat(launches("twice-")).hasSize(1);
    assertThat(first.at("/staged/count").asInt()).isEqualTo(6);
  }

  @Test
  void every_output_is_indexed_once_with_checksum_and_provenance() {
    JsonNode report = stack.report(stack.start(stack.request("indexed")));

    assertThat(report.at("/index/created").asInt()).isPositive();
    List<JsonNode> activities = named("synapse", "POST /activity", "indexed-");
    assertThat(activities).hasSize(1);
  }

  @Test
  void two_starts_at_once_make_one_run() {
    Map<String, Object> request = stack.request("atonce");
    WorkflowStub one = stack.start("by-hand-1", request);
    WorkflowStub two = stack.start("by-hand-2", request);

    List<String> outcomes = List.of(outcome(stack.report(one)), outcome(stack.report(two)));

    assertThat(outcomes).containsExactlyInAnyOrder("SUCCEEDED", "NOOP");
    assertThat(launches("atonce-")).hasSize(1);
  }

  @Test
  void another_parameter_under_the_same_key_is_a_conflict_field_by_field() {
    Map<String, Object> request = stack.request("other");
    assertThat(outcome(stack.report(stack.start(request)))).isEqualTo("SUCCEEDED");
    Map<String, Object> changed = new TreeMap<>(request);
    changed.put("index", Map.of("parent", stack.folder("other"), "exclude", List.of("x/**")));

    Plan plan = stack.plan(changed);

    assertThat(plan.decision().orElseThrow().verdict()).isEqualTo(Verdict.CONFLICT);
    assertThat(plan.decision().orElseThrow().differences())
        .singleElement()
        .satisfies(d -> assertThat(d.path()).startsWith("index.exclude"));
    assertThat(failureOf(stack.start(plan.workflowId().orElseThrow(), changed)).getType())
        .isEqualTo("CONFLICT");
    assertThat(launches("other-")).hasSize(1);
  }

  @Test
  void a_failed_run_indexes_nothing_and_tells_why() {
    plan(
        "failed-",
        "[{\"status\":\"RUNNING\",\"forMs\":200},{\"status\":\"FAILED\",\"detail\":{\"errorMessage\":\"disk"
            + " full\",\"exitStatus\":1,\"failedTasks\":[{\"name\":\"COUNT"
            + " (a)\",\"process\":\"COUNT\",\"tag\":\"a\",\"exit\":137,\"log\":\"no space"
            + " left\"}]}}]");

    WorkflowStub run = stack.start(stack.request("failed"));

    assertThat(failureOf(run))
        .satisfies(f -> assertThat(f.getType()).isEqualTo("RUN_FAILED"))
        .satisfies(f -> assertThat(f.getOriginalMessage()).contains("disk full"));
    stack.keep(run, "failed");
    assertThat(named("synapse", "POST /entity/bundle2/create", "failed")).isEmpty();
    assertThat(named("synapse", "POST /activity", "failed-")).isEmpty();
  }

  @Test
  void a_failed_request_started_again_is_the_next_generation() {
    plan("again-", "[{\"status\":\"FAILED\"}]");
    Map<String, Object> request = stack.request("again");
    assertThat(failureOf(stack.start(request)).getType()).isEqualTo("RUN_FAILED");

    JsonNode report = stack.report(stack.start(request));

    assertThat(outcome(report)).isEqualTo("SUCCEEDED");
    assertThat(report.path("generation").asInt()).isEqualTo(2);
    assertThat(launches("again-")).hasSize(2);
  }

  @Test
  void cancelling_stops_the_platform_run_and_writes_the_report() {
    plan("cancel-", "[{\"status\":\"RUNNING\",\"forMs\":600000},{\"status\":\"SUCCEEDED\"}]");
    WorkflowStub run = stack.start(stack.request("cancel"));
    // the in-JVM server refuses a cancel of an activity that ends at that moment, and goes on never
    await(() -> status(run).stages().stream().anyMatch(now -> now.text().endsWith("submitted")));

    run.cancel();

    assertThatExceptionOfType(WorkflowFailedException.class)
        .isThrownBy(() -> run.getResult(Map.class))
        .withCauseInstanceOf(CanceledFailure.class);
    stack.replay(run);
    stack.keep(run, "cancelled");
    assertThat(stack.effects("seqera", "POST /workflow/{workflowId}/cancel"))
        .extracting(e -> e.path("object").path("id").asText())
        .contains(launches("cancel-").get(0).path("object").path("id").asText());
    Plan plan = stack.plan(stack.request("cancel"));
    assertThat(plan.decision().orElseThrow().verdict()).isIn(Verdict.FREE, Verdict.CLAIMED);
  }

  @Test
  void a_run_whose_state_is_unknown_is_waited_for() {
    plan(
        "unknown-",
        "[{\"status\":\"RUNNING\",\"forMs\":200},{\"status\":\"UNKNOWN\",\"forMs\":500},{\"status\":\"RUNNING\",\"forMs\":200},{\"status\":\"SUCCEEDED\"}]");

    JsonNode report = stack.report(stack.start(stack.request("unknown")));

    assertThat(outcome(report)).isEqualTo("SUCCEEDED_WITH_WARNINGS");
    assertThat(report.path("warnings"))
        .singleElement()
        .satisfies(warning -> assertThat(warning.asText()).startsWith("no output was there"));
    assertThat(launches("unknown-")).hasSize(1);
  }

  @Test
  void a_stuck_run_needs_attention_and_can_be_failed_by_an_operator() {
    plan("stuck-", "[{\"status\":\"SUBMITTED\",\"forMs\":600000}]");
    Map<String, Object> request = stack.request("stuck");
    request.put("runs", List.of(stack.run("stuck", Map.of("stuckAfter", "PT1S"))));
    WorkflowStub run = stack.start(request);
    await(() -> status(run).attention().isPresent());

    run.update("fail", String.class, Map.of("reason", "we gave it up"));

    assertThat(failureOf(run).getOriginalMessage()).contains("we gave it up");
    assertThat(stack.effects("seqera", "POST /workflow/{workflowId}/cancel"))
        .extracting(e -> e.path("object").path("id").asText())
        .contains(launches("stuck-").get(0).path("object").path("id").asText());
  }

  @Test
  void every_bad_row_of_a_manifest_is_named_and_nothing_is_started() {
    Plan plan =
        stack.plan(
            stack.request(
                "broken", stack.seed("synapse.brokenManifest"), stack.seed("synapse.results")));

    assertThat(plan.problems()).extracting(Problem::place).hasSizeGreaterThanOrEqualTo(4);
    assertThat(plan.problems()).allSatisfy(p -> assertThat(p.place()).contains("line"));
    WorkflowStub run =
        stack.start(
            plan.workflowId().orElseThrow(),
            stack.request(
                "broken", stack.seed("synapse.brokenManifest"), stack.seed("synapse.results")));
    assertThat(failureOf(run).getType()).isEqualTo("INPUT_REJECTED");
    assertThat(launches("broken-")).isEmpty();
  }

  @Test
  void a_parameter_that_holds_a_secret_of_the_worker_is_refused_and_not_repeated() {
    String token = stack.env().get("TOWER_ACCESS_TOKEN");
    Map<String, Object> request = stack.request("leak");
    request.put(
        "runs", List.of(stack.run("leak", Map.of("params", Map.of("note", "use " + token)))));

    Plan plan = stack.plan(request);

    assertThat(plan.problems())
        .singleElement()
        .satisfies(p -> assertThat(p.place()).isEqualTo("runs[0].params.note"))
        .satisfies(p -> assertThat(p.text()).contains("workspaceSecrets").doesNotContain(token));
    assertThat(launches("leak-")).isEmpty();
  }

  @Test
  void hostile_names_are_staged_and_found_by_the_pipeline() {
    JsonNode report =
        stack.report(
            stack.start(
                stack.request(
                    "hostile", stack.seed("synapse.hostileManifest"), stack.folder("hostile"))));

    assertThat(outcome(report)).startsWith("SUCCEEDED");
  }

  @Test
  void a_view_is_staged_by_sample_under_new_names_and_run() {
    String folder = stack.folder("reads of a view");
    for (String name : List.of("one_1.fastq.gz", "one_2.fastq.gz")) {
      stack.sandbox().synapseSeed().file(folder, name, "text/plain", name.getBytes(UTF_8));
    }
    String view =
        stack.sandbox().synapseSeed().view(stack.seed("synapse.project"), "a view", folder);
    Map<String, Object> request = stack.request("view", view, stack.folder("view"));
    request.put(
        "manifest",
        Map.of("synId", view, "query", "select parentId as sample, id as fastq_1 from " + view));
    Map<String, Object> stage = new TreeMap<>();
    stage.put("to", "s3://" + stack.seed("s3.bucket") + "/etl/view/");
    stage.put("layout", "bySample");
    stage.put("rename", List.of(Map.of("match", "_([12])\\.fastq", "replace", "_R$1.fastq")));
    request.put("stage", stage);

    WorkflowStub run = stack.start("by-hand-view", request);
    JsonNode report = stack.report(run);

    assertThat(outcome(report)).isEqualTo("SUCCEEDED");
    assertThat(report.path("workflowId").asText())
        .matches("round-trip/" + view + "\\.q[0-9a-f]{8}/view");
    assertThat(named("s3", "PUT object", "_R")).hasSizeGreaterThanOrEqualTo(2);
    assertThat(report.at("/staged/count").asInt()).isEqualTo(2);
    assertThat(outcome(stack.report(stack.start(request)))).isEqualTo("NOOP");
  }

  @Test
  void neither_token_nor_signed_url_is_in_history_and_it_stays_small() {
    WorkflowStub run = stack.start(stack.request("small"));
    assertThat(outcome(stack.report(run))).isEqualTo("SUCCEEDED");

    stack.keep(run, "succeeded");

    assertThat(stack.historyText(run))
        .contains(stack.seed("synapse.manifest"))
        .doesNotContain(stack.env().get("SYNAPSE_AUTH_TOKEN"))
        .doesNotContain(stack.env().get("TOWER_ACCESS_TOKEN"))
        .doesNotContain(stack.env().get("AWS_SECRET_ACCESS_KEY"))
        .doesNotContain("X-Amz-Signature");
    System.out.println(
        "history: "
            + stack.history(run).getEvents().size()
            + " events, "
            + stack.history(run).getHistory().getSerializedSize()
            + " bytes");
    assertThat(stack.history(run).getEvents()).hasSizeLessThanOrEqualTo(150);
    assertThat(stack.history(run).getHistory().getSerializedSize()).isLessThanOrEqualTo(64_000);
  }

  private static String outcome(JsonNode report) {
    return report.path("outcome").asText();
  }

  private static List<JsonNode> launches(String namePrefix) {
    return named("seqera", "POST /workflow/launch", namePrefix);
  }

  private static List<JsonNode> named(String platform, String route, String part) {
    return stack.effects(platform, route).stream()
        .filter(
            e ->
                e.path("object").path("name").asText().contains(part)
                    || e.path("request").toString().contains(part))
        .toList();
  }

  private static long lastEffect() {
    JsonNode effects = stack.control("GET", "/effects", "");
    return effects.isEmpty() ? 0 : effects.get(effects.size() - 1).path("seq").asLong();
  }

  private static void plan(String match, String steps) {
    stack.control(
        "POST",
        "/plans",
        "{\"platform\":\"seqera\",\"match\":\"^"
            + match
            + "\",\"times\":1,\"steps\":"
            + steps
            + "}");
  }

  private static StatusView status(WorkflowStub run) {
    return run.query("status", StatusView.class);
  }

  private static ApplicationFailure failureOf(WorkflowStub run) {
    try {
      throw new AssertionError("ended well: " + run.getResult(Map.class));
    } catch (WorkflowFailedException failed) {
      stack.replay(run);
      return Objects.requireNonNull((ApplicationFailure) failed.getCause());
    }
  }

  private static void await(java.util.concurrent.Callable<Boolean> condition) {
    Awaitility.await().atMost(Duration.ofSeconds(60)).until(condition);
  }
}
