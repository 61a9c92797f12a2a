package io.towpath.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import io.towpath.sandbox.SandboxOptions;
import io.towpath.sandbox.s3.ObjectStore;
import io.towpath.workflows.TaskQueues;
import io.towpath.workflows.model.Problem;
import io.towpath.workflows.plan.LookWorkflow;
import io.towpath.workflows.plan.Plan;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Several runs in one round trip: chained by a sheet, side by side, failed, left out, resumed. */
@WorkflowSuite
class ChainIT {
  @AutoClose private static final Stack stack = new Stack(SandboxOptions.forTests(), Stack.FAST);

  @Test
  void outputs_of_one_run_become_the_sheet_of_the_next() throws Exception {
    Map<String, Object> request =
        chain(
            "chained",
            Map.of(
                "from", "${runs.chained-a.outdir}/{sample}/{sample2}.txt",
                "map", Map.of("sample", "$uppercase(sample)"),
                "rename", Map.of("uri", "table"),
                "select", List.of("sample", "table"),
                "expect", Map.of("rows", ">=${runs.chained-a.samples}")));

    JsonNode report = stack.report(stack.start(request));

    assertThat(report.path("outcome").asText()).isEqualTo("SUCCEEDED");
    assertThat(launches("chained-")).hasSize(2);
    String sheet = sheetOf(launches("chained-b-").get(0));
    assertThat(sheet).startsWith("sample,table\n").contains("s3://").hasLineCount(5);
    assertThat(sheet.lines().skip(1)).allMatch(line -> line.matches("[A-Z0-9_]+,s3://.*"));
    assertThat(report.at("/runs/1/samples").asInt()).isEqualTo(4);
  }

  @Test
  void an_edge_that_finds_nothing_fails_before_the_launch() {
    WorkflowStub run =
        stack.start(chain("gap", Map.of("from", "${runs.gap-a.outdir}/missing/table.csv")));

    ApplicationFailure failure = failureOf(run);

    assertThat(failure.getType()).isEqualTo("PARTIAL");
    assertThat(failure.getOriginalMessage()).contains("left no missing/table.csv", "inputs.input");
    assertThat(launches("gap-b-")).isEmpty();
  }

  @Test
  void a_wrong_number_of_rows_fails_before_the_launch() {
    WorkflowStub run =
        stack.start(
            chain(
                "count",
                Map.of(
                    "from", "${runs.count-a.outdir}/{sample}/*", "expect", Map.of("rows", "=7"))));

    assertThat(failureOf(run).getOriginalMessage()).contains("4 rows, expected =7");
    assertThat(launches("count-b-")).isEmpty();
  }

  @Test
  void independent_runs_go_side_by_side_and_a_failed_one_stops_only_what_needs_it() {
    stack.control(
        "POST",
        "/plans",
        "{\"platform\":\"seqera\",\"match\":\"^side-bad-\",\"steps\":[{\"status\":\"FAILED\"}]}");
    Map<String, Object> request = stack.request("side");
    request.put(
        "runs",
        List.of(
            own("side-bad", Map.of()),
            own("side-good", Map.of()),
            own("side-after-bad", Map.of("needs", List.of("side-bad"))),
            own("side-after-good", Map.of("needs", List.of("side-good")))));
    WorkflowStub run = stack.start(request);

    ApplicationFailure failure = failureOf(run);

    assertThat(failure.getType()).isEqualTo("PARTIAL");
    assertThat(names(launches("side-")))
        .containsExactlyInAnyOrder("side-bad", "side-good", "side-after-good");
    JsonNode runs = lastReport(request).path("runs");
    assertThat(runs)
        .extracting(entry -> entry.path("status").asText())
        .containsExactly("FAILED", "SUCCEEDED", "NOT_LAUNCHED", "SUCCEEDED");
  }

  @Test
  void news_of_one_run_has_that_one_asked_for_and_not_the_others() {
    stack.control(
        "POST",
        "/plans",
        "{\"platform\":\"seqera\",\"match\":\"^news-\",\"times\":2,\"steps\":"
            + "[{\"status\":\"RUNNING\",\"forMs\":2500},{\"status\":\"SUCCEEDED\"}]}");
    Map<String, Object> request = stack.request("news");
    request.put("runs", List.of(own("news-a", Map.of()), own("news-b", Map.of())));
    WorkflowStub run = stack.start(request);
    Awaitility.await().until(() -> waiting(run) == 2);
    String first = launches("news-a-").get(0).at("/object/id").asText();
    assertThat(first).isNotEmpty();

    run.signal("externalEvent", Map.of("source", "seqera", "id", first, "status", "RUNNING"));

    assertThat(stack.report(run).path("outcome").asText()).isEqualTo("SUCCEEDED_WITH_WARNINGS");
    assertThat(stack.history(run).getEvents())
        .filteredOn(event -> type(event).equals("TowerCheckRun"))
        .hasSize(1);
  }

  /** Of its runs, those that it waits for. */
  private static long waiting(WorkflowStub run) {
    return run.describe().getRawDescription().getPendingActivitiesList().stream()
        .filter(activity -> activity.getActivityType().getName().equals("TowerAwaitRun"))
        .count();
  }

  private static String type(HistoryEvent event) {
    return event.getActivityTaskScheduledEventAttributes().getActivityType().getName();
  }

  @Test
  void each_run_may_be_indexed_into_its_own_folder() {
    Map<String, Object> request = stack.request("own");
    String place = stack.folder("own place");
    request.put(
        "runs",
        List.of(
            stack.run(
                "own-a", Map.of("index", Map.of("parent", place, "folder", "a/${manifest.id}"))),
            stack.run("own-b", Map.of())));

    JsonNode report = stack.report(stack.start(request));

    assertThat(report.path("outcome").asText()).isEqualTo("SUCCEEDED");
    assertThat(report.at("/runs/0/index/created").asInt()).isPositive();
    assertThat(report.at("/index/created").asInt()).isPositive();
    JsonNode folder =
        stack.synapse("/repo/v1/entity/" + report.at("/runs/0/index/parent").asText());
    assertThat(folder.path("name").asText())
        .isEqualTo(report.at("/manifest/synId").asText() + ".1");
  }

  @Test
  void start_from_and_only_adopt_what_an_earlier_generation_did() {
    stack.control(
        "POST",
        "/plans",
        "{\"platform\":\"seqera\",\"match\":\"^from-b-\",\"steps\":[{\"status\":\"FAILED\"}]}");
    Map<String, Object> request = stack.request("from");
    request.put(
        "runs",
        List.of(own("from-a", Map.of()), own("from-b", Map.of("needs", List.of("from-a")))));
    assertThat(failureOf(stack.start(request)).getType()).isEqualTo("PARTIAL");
    request.put("startFrom", "from-b");

    JsonNode report = stack.report(stack.start(request));

    assertThat(report.path("outcome").asText()).startsWith("SUCCEEDED");
    assertThat(report.path("generation").asInt()).isEqualTo(2);
    assertThat(launches("from-a-")).hasSize(1);
    assertThat(launches("from-b-")).hasSize(2);
    assertThat(report.at("/runs/0/adopted").asBoolean()).isTrue();

    request.remove("startFrom");
    request.put("only", List.of("from-b"));
    request.put("rerun", "always");
    JsonNode alone = stack.report(stack.start(request));

    assertThat(alone.at("/runs/0/adopted").asBoolean()).isTrue();
    assertThat(launches("from-a-")).hasSize(1);
    assertThat(launches("from-b-")).hasSize(3);
  }

  @Test
  void start_from_without_an_earlier_success_is_refused_before_anything_happens() {
    Map<String, Object> request = stack.request("nofrom");
    request.put(
        "runs",
        List.of(
            stack.run("nofrom-a", Map.of()),
            stack.run("nofrom-b", Map.of("needs", List.of("nofrom-a")))));
    request.put("startFrom", "nofrom-b");

    Plan plan = stack.plan(request);

    assertThat(plan.problems()).extracting(Problem::text).anyMatch(t -> t.contains("nofrom-a"));
  }

  @Test
  void what_a_failed_run_left_is_indexed_apart_when_the_request_says_so() {
    Map<String, Object> request = stack.request("partial");
    request.put("onRunFailure", "indexPartial");
    String outdir = "s3://" + stack.seed("s3.bucket") + "/etl/partial/out/";
    stack.control(
        "POST",
        "/plans",
        "{\"platform\":\"seqera\",\"match\":\"^partial-\",\"steps\":[{\"status\":\"RUNNING\","
            + "\"forMs\":1500},{\"status\":\"FAILED\"}]}");
    request.put("runs", List.of(stack.run("partial", Map.of("params", Map.of("outdir", outdir)))));
    WorkflowStub run = stack.start(request);
    Awaitility.await().until(() -> !launches("partial-").isEmpty());
    stack
        .sandbox()
        .objects()
        .put(
            stack.seed("s3.bucket"),
            "etl/partial/out/half.txt",
            "text/plain",
            "half".getBytes(StandardCharsets.UTF_8));

    assertThat(failureOf(run).getType()).isEqualTo("PARTIAL");

    JsonNode report = lastReport(request);
    JsonNode folder =
        stack.synapse("/repo/v1/entity/" + report.at("/runs/0/index/parent").asText());
    assertThat(folder.path("name").asText()).startsWith("PARTIAL partial syn").endsWith(" g1");
    assertThat(report.at("/runs/0/index/created").asInt()).isEqualTo(1);
    assertThat(report.path("warnings").toString()).contains("PARTIAL");
  }

  @Test
  void a_failed_run_is_resumed_with_its_session_commit_and_work_directory() {
    failOnce("again-");
    Map<String, Object> request = stack.request("again");
    request.put("runs", List.of(stack.run("again", Map.of("onFailure", Map.of("maxRelaunch", 1)))));

    JsonNode report = stack.report(stack.start(request));

    assertThat(report.path("outcome").asText()).isEqualTo("SUCCEEDED");
    List<JsonNode> launches = launches("again-");
    assertThat(launches).hasSize(2);
    JsonNode second = launches.get(1).at("/request/launch");
    assertThat(second.path("resume").asBoolean()).isTrue();
    assertThat(second.path("runName").asText()).endsWith("-r1");
    assertThat(second.path("sessionId").asText()).isNotEmpty();
  }

  @Test
  void a_failed_run_whose_work_is_gone_is_done_anew_with_a_warning() {
    failOnce("gone-");
    Map<String, Object> request = stack.request("gone");
    request.put("runs", List.of(stack.run("gone", Map.of("onFailure", Map.of("maxRelaunch", 1)))));
    WorkflowStub run = stack.start(request);
    Awaitility.await().until(() -> !launches("gone-").isEmpty());
    clearWork(launches("gone-").get(0).at("/request/launch/workDir").asText());

    JsonNode report = stack.report(run);

    assertThat(report.path("outcome").asText()).isEqualTo("SUCCEEDED_WITH_WARNINGS");
    assertThat(report.path("warnings").toString()).contains("run again in full");
    assertThat(launches("gone-").get(1).at("/request/launch/resume").asBoolean()).isFalse();
  }

  @Test
  void a_relaunch_without_resume_is_a_run_of_its_own() {
    failOnce("fresh-");
    Map<String, Object> request = stack.request("fresh");
    Map<String, Object> anew = Map.of("maxRelaunch", 1, "resume", false);
    request.put("runs", List.of(stack.run("fresh", Map.of("onFailure", anew))));

    JsonNode report = stack.report(stack.start(request));

    assertThat(report.path("outcome").asText()).isEqualTo("SUCCEEDED");
    assertThat(launches("fresh-")).hasSize(2);
    assertThat(launches("fresh-").get(1).at("/request/launch").has("sessionId")).isFalse();
  }

  @Test
  void an_expression_of_an_edge_that_does_not_parse_is_told_before_anything_runs() {
    Map<String, Object> request =
        chain(
            "unparsed",
            Map.of("from", "${runs.unparsed-a.outdir}/t.csv", "map", Map.of("sample", "a & & b")));

    assertThat(stack.plan(request).problems())
        .extracting(Problem::place)
        .containsExactly("runs[1].inputs.input.map.sample");
  }

  @Test
  void an_environment_for_relaunches_that_is_not_there_is_told_before_anything_runs() {
    Map<String, Object> request = stack.request("moved");
    request.put(
        "runs",
        List.of(
            stack.run(
                "moved",
                Map.of("onFailure", Map.of("maxRelaunch", 1, "changeComputeEnv", "nowhere")))));

    assertThat(stack.plan(request).problems())
        .extracting(Problem::place)
        .contains("runs[0].onFailure.changeComputeEnv");
  }

  private static void failOnce(String prefix) {
    stack.control(
        "POST",
        "/plans",
        "{\"platform\":\"seqera\",\"match\":\"^"
            + prefix
            + "\",\"steps\":[{\"status\":\"RUNNING\",\"forMs\":1500},{\"status\":\"FAILED\"}]}");
  }

  private static void clearWork(String workDir) {
    String[] place = workDir.substring("s3://".length()).split("/", 2);
    ObjectStore objects = stack.sandbox().objects();
    objects.list(place[0], place[1]).forEach(object -> objects.delete(place[0], object.key()));
  }

  private static Map<String, Object> chain(String name, Map<String, Object> input) {
    Map<String, Object> request = stack.request(name);
    request.put(
        "runs",
        List.of(
            own(name + "-a", Map.of()),
            own(name + "-b", Map.of("inputs", Map.of("input", input)))));
    return request;
  }

  /** A run that is indexed into a folder of its own, as two of the same pipeline have to be. */
  private static Map<String, Object> own(String name, Map<String, Object> more) {
    Map<String, Object> run = new TreeMap<>(more);
    run.put("index", Map.of("parent", stack.folder(name), "folder", "results"));
    return stack.run(name, run);
  }

  private static String sheetOf(JsonNode launch) throws Exception {
    String params = launch.at("/request/launch/paramsText").asText();
    String uri = Stack.JSON.readTree(params).path("input").asText();
    String key = uri.substring(("s3://" + stack.seed("s3.bucket") + "/").length());
    try (InputStream in = stack.sandbox().objects().open(stack.seed("s3.bucket"), key, 0, -1)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static JsonNode lastReport(Map<String, Object> request) {
    String key = stack.plan(request).workflowId().orElseThrow();
    LookWorkflow look =
        stack
            .client()
            .newWorkflowStub(
                LookWorkflow.class,
                WorkflowOptions.newBuilder()
                    .setWorkflowId("look/" + UUID.randomUUID())
                    .setTaskQueue(TaskQueues.WORKFLOWS)
                    .build());
    return Stack.JSON.valueToTree(look.look(key).report().orElseThrow());
  }

  private static List<JsonNode> launches(String prefix) {
    return stack.effects("seqera", "POST /workflow/launch").stream()
        .filter(e -> e.path("object").path("name").asText().startsWith(prefix))
        .toList();
  }

  private static List<String> names(List<JsonNode> launches) {
    return launches.stream()
        .map(e -> e.path("object").path("name").asText().replaceAll("-[a-z2-7]{13}$", ""))
        .toList();
  }

  private static ApplicationFailure failureOf(WorkflowStub run) {
    try {
      throw new AssertionError("ended well: " + run.getResult(Map.class));
    } catch (WorkflowFailedException failed) {
      stack.replay(run);
      return Objects.requireNonNull((ApplicationFailure) failed.getCause());
    }
  }
}
