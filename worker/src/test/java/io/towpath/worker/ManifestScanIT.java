package io.towpath.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import io.towpath.sandbox.SandboxOptions;
import io.towpath.workflows.model.Problem;
import io.towpath.workflows.plan.Plan;
import io.towpath.workflows.progress.StatusView;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Scans of folders in the stand-in, counted by what they launched. */
@Tag("suite")
@Timeout(value = 120, unit = TimeUnit.SECONDS)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ManifestScanIT {
  private static final String FOREVER =
      "[{\"status\":\"RUNNING\",\"forMs\":600000},{\"status\":\"SUCCEEDED\"}]";

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
  void two_new_manifests_start_two_runs_and_the_next_scan_none() {
    Map<String, Object> request = request("two");
    String one = sheet("two", "one.csv");
    String two = sheet("two", "two.csv");

    JsonNode first = scan(request);
    ended(first);

    assertThat(keys(first, "started")).containsExactly(key(one, 1, "two"), key(two, 1, "two"));
    assertThat(keys(first, "started"))
        .extracting(key -> outcome(stack.report(stack.client().newUntypedWorkflowStub(key))))
        .allSatisfy(outcome -> assertThat(outcome).startsWith("SUCCEEDED"));
    assertThat(outcome(first)).isEqualTo("SUCCEEDED");
    JsonNode second = scan(request);
    assertThat(outcome(second)).isEqualTo("NOOP");
    assertThat(second.path("seen").asInt()).isEqualTo(2);
    assertThat(launches("two-")).hasSize(2);
  }

  @Test
  void two_scans_at_once_start_each_round_trip_once() {
    Map<String, Object> request = request("atonce");
    sheet("atonce", "one.csv");
    sheet("atonce", "two.csv");
    WorkflowStub one = begin(request);
    WorkflowStub two = begin(request);

    JsonNode first = stack.report(one);
    JsonNode second = stack.report(two);
    ended(first);
    ended(second);

    assertThat(first.path("started").size() + second.path("started").size()).isEqualTo(2);
    assertThat(launches("atonce-")).hasSize(2);
  }

  @Test
  void a_broken_manifest_is_reported_once_and_noted_once() {
    Map<String, Object> request = request("broken");
    String broken = sheet("broken", "broken.csv", "syn1999999999");
    String good = sheet("broken", "good.csv");

    JsonNode first = scan(request);
    ended(first);
    JsonNode second = scan(request);

    assertThat(outcome(first)).isEqualTo("SUCCEEDED_WITH_WARNINGS");
    assertThat(keys(first, "refused")).containsExactly(key(broken, 1, "broken"));
    assertThat(first.at("/refused/0/message").asText())
        .contains("line 2, column fastq_1: syn1999999999 does not exist");
    assertThat(keys(first, "started")).containsExactly(key(good, 1, "broken"));
    assertThat(outcome(second)).isEqualTo("NOOP");
    assertThat(second.path("refused")).isEmpty();
    assertThat(second.path("alreadyRefused").asInt()).isEqualTo(1);
    assertThat(refusals(key(broken, 1, "broken"))).isEqualTo(1);
    assertThat(launches("broken-")).hasSize(1);
  }

  @Test
  void a_start_by_hand_ignores_a_refusal() {
    Map<String, Object> request = request("mended");
    String reads = file("mended", "late.fastq.gz", "r");
    String sheet = sheet("mended", "sheet.csv", reads + ".2");
    assertThat(keys(scan(request), "refused")).hasSize(1);
    stack.sandbox().synapseSeed().newVersion(reads, bytes("other"));

    Map<String, Object> byHand = stack.request("mended", sheet, stack.folder("mended-out"));

    assertThat(outcome(stack.report(stack.start(byHand)))).startsWith("SUCCEEDED");
    assertThat(scan(request).path("seen").asInt()).isEqualTo(1);
  }

  @Test
  void a_failed_run_is_not_launched_again_but_a_new_version_is() {
    plan("failing-", 1, "[{\"status\":\"FAILED\"}]");
    Map<String, Object> request = request("failing");
    String sheet = sheet("failing", "sheet.csv");
    ended(scan(request));
    assertThat(launches("failing-")).hasSize(1);

    JsonNode second = scan(request);
    assertThat(outcome(second)).isEqualTo("NOOP");
    assertThat(launches("failing-")).hasSize(1);

    stack.sandbox().synapseSeed().newVersion(sheet, bytes(rows(reads("failing")) + "\n"));
    JsonNode third = scan(request);
    ended(third);
    assertThat(keys(third, "started")).containsExactly(key(sheet, 2, "failing"));
    assertThat(launches("failing-")).hasSize(2);
  }

  @Test
  void an_event_starts_its_object_only() {
    Map<String, Object> request = request("event");
    sheet("event", "one.csv");
    String two = sheet("event", "two.csv");
    request.put("event", Map.of("objectId", two, "objectType", "ENTITY", "eventType", "CREATE"));

    JsonNode report = scan(request);
    ended(report);

    assertThat(keys(report, "started")).containsExactly(key(two, 1, "event"));
    assertThat(launches("event-")).hasSize(1);
  }

  @Test
  void an_event_of_something_else_is_ignored_with_a_reason() {
    Map<String, Object> request = request("stranger");
    request.put("event", Map.of("objectId", stack.seed("synapse.manifest")));

    JsonNode report = scan(request);

    assertThat(outcome(report)).isEqualTo("NOOP");
    assertThat(report.path("ignored").asText()).contains("not in " + stack.folder("stranger"));
  }

  @Test
  void what_a_listing_hides_is_started_by_an_event_or_a_later_scan() {
    Map<String, Object> request = request("hidden");
    String hidden = hiddenSheet("hidden", "hidden.csv", 600_000);
    String late = hiddenSheet("hidden", "late.csv", 4_000);
    assertThat(scan(request).path("started")).isEmpty();

    Map<String, Object> event = new TreeMap<>(request);
    event.put("event", Map.of("objectId", hidden));
    JsonNode byEvent = scan(event);
    ended(byEvent);
    await().until(() -> children(stack.folder("hidden")).size() == 1);
    JsonNode later = scan(request);
    ended(later);

    assertThat(keys(byEvent, "started")).containsExactly(key(hidden, 1, "hidden"));
    assertThat(keys(later, "started")).containsExactly(key(late, 1, "hidden"));
    assertThat(launches("hidden-")).hasSize(2);
  }

  @Test
  void a_scan_looks_into_a_bounded_number_of_manifests_and_the_next_into_the_rest() {
    Map<String, Object> request = request("bounded");
    request.put("maxStarts", 1);
    sheet("bounded", "a.csv");
    sheet("bounded", "b.csv");

    JsonNode first = scan(request);
    ended(first);
    JsonNode second = scan(request);
    ended(second);

    assertThat(first.path("started")).hasSize(1);
    assertThat(first.path("waiting").asInt()).isEqualTo(1);
    assertThat(second.path("started")).hasSize(1);
    assertThat(second.path("waiting").asInt()).isZero();
  }

  @Test
  void no_more_runs_than_the_limit_are_under_way() {
    plan("limit-", 2, FOREVER);
    Map<String, Object> request = request("limit");
    request.put("maxConcurrent", 2);
    for (String name : List.of("a.csv", "b.csv", "c.csv")) {
      sheet("limit", name);
    }

    JsonNode first = scan(request);
    await().until(() -> launches("limit-").size() == 2);
    JsonNode second = scan(request);

    assertThat(first.path("started")).hasSize(2);
    assertThat(first.path("waiting").asInt()).isEqualTo(1);
    assertThat(second.path("started")).isEmpty();
    assertThat(second.path("running").asInt()).isEqualTo(2);
    assertThat(second.path("waiting").asInt()).isEqualTo(1);
    stack.client().newUntypedWorkflowStub(keys(first, "started").get(0)).terminate("gone");
    JsonNode third = scan(request);
    ended(third);
    assertThat(third.path("started")).hasSize(1);
    stack.client().newUntypedWorkflowStub(keys(first, "started").get(1)).terminate("enough");
  }

  @Test
  void a_dry_run_says_what_it_would_start_and_changes_nothing() {
    Map<String, Object> request = request("dry");
    String good = sheet("dry", "good.csv");
    String broken = sheet("dry", "broken.csv", "syn1999999999");
    long before = lastEffect();

    Plan plan = stack.plan("manifest-scan", request);
    request.put("dryRun", true);
    JsonNode report = scan(request);

    assertThat(plan.workflowId()).contains("manifest-scan/" + stack.folder("dry") + "/dry");
    assertThat(plan.problems()).isEmpty();
    assertThat(plan.preview())
        .anySatisfy(line -> assertThat(line.text()).startsWith(key(good, 1, "dry")));
    assertThat(plan.warnings()).singleElement().asString().contains(broken);
    assertThat(keys(report, "wouldStart")).containsExactly(key(good, 1, "dry"));
    assertThat(keys(report, "refused")).containsExactly(key(broken, 1, "dry"));
    assertThat(report.path("started")).isEmpty();
    assertThat(lastEffect()).isEqualTo(before);
  }

  @Test
  void a_fault_of_the_template_fails_the_scan_and_refuses_no_manifest() {
    Map<String, Object> request = request("wrong");
    String sheet = sheet("wrong", "sheet.csv");
    Map<String, Object> template = template("wrong");
    template.put("index", Map.of("parent", sheet));
    request.put("template", template);

    ApplicationFailure failure = failureOf(begin(request));

    assertThat(failure.getType()).isEqualTo("INPUT_REJECTED");
    assertThat(failure.getOriginalMessage()).contains("template.index.parent");
    assertThat(refusals(key(sheet, 1, "wrong"))).isZero();
    assertThat(stack.plan("manifest-scan", request).problems())
        .extracting(Problem::place)
        .containsExactly("template");
  }

  @Test
  void what_is_wrong_with_a_request_is_told_at_once() {
    Map<String, Object> request = request("bad");
    Map<String, Object> template = template("bad");
    template.put("manifest", Map.of("synId", "syn1"));
    template.put("rerun", "always");
    request.put("template", template);
    request.put("event", Map.of("objectId", "nothing"));
    request.put("maxStart", 3);

    ApplicationFailure failure = failureOf(begin(request));

    assertThat(failure.getOriginalMessage())
        .contains("template.manifest.synId: is filled in")
        .contains("template.rerun: is always never")
        .contains("event.objectId")
        .contains("did you mean \"maxStarts\"?");
  }

  @Test
  void a_scan_shows_its_stages_and_keeps_its_history_short() {
    Map<String, Object> request = request("stages");
    sheet("stages", "one.csv");
    WorkflowStub scan = begin(request);
    ended(stack.report(scan));

    StatusView status = scan.query("status", StatusView.class);

    assertThat(status.outcome()).contains("SUCCEEDED");
    assertThat(status.stages()).extracting("state").containsOnly("done");
    assertThat(stack.history(scan).getEvents()).hasSizeLessThan(40);
  }

  private static Map<String, Object> request(String name) {
    Map<String, Object> request = new TreeMap<>();
    request.put("folder", stack.folder(name));
    request.put("template", template(name));
    return request;
  }

  /** All manifests share the results' folder, so what is no sample's own is left out. */
  private static Map<String, Object> template(String name) {
    Map<String, Object> template = stack.request(name, "", stack.folder(name + "-out"));
    template.remove("manifest");
    template.put(
        "index", Map.of("parent", stack.folder(name + "-out"), "exclude", List.of("summary/**")));
    return template;
  }

  /** A sheet of one sample in the folder of this name. */
  private static String sheet(String folder, String name) {
    return sheet(folder, name, reads(folder));
  }

  private static String sheet(String folder, String name, String reads) {
    return file(folder, name, rows(reads));
  }

  private static String reads(String folder) {
    return file(folder + "-reads", "reads-" + UUID.randomUUID() + ".fastq.gz", "reads");
  }

  private static String file(String folder, String name, String text) {
    return stack
        .sandbox()
        .synapseSeed()
        .file(stack.folder(folder), name, "text/plain", bytes(text));
  }

  /** A sheet that is there, but that listings do not show for a while. */
  private static String hiddenSheet(String folder, String name, int ms) {
    String model = sheet(folder + "-models", name);
    String handle = stack.synapse("/repo/v1/entity/" + model).path("dataFileHandleId").asText();
    stack.control(
        "POST",
        "/faults",
        "{\"platform\":\"synapse\",\"route\":\"POST /entity\",\"do\":{\"kind\":\"hide\",\"ms\":"
            + ms
            + "}}");
    Map<String, Object> entity = new TreeMap<>();
    entity.put("concreteType", "org.sagebionetworks.repo.model.FileEntity");
    entity.put("name", name);
    entity.put("parentId", stack.folder(folder));
    entity.put("dataFileHandleId", handle);
    return stack.synapse("/repo/v1/entity", entity).path("id").asText();
  }

  private static JsonNode children(String folder) {
    Map<String, Object> asked = Map.of("parentId", folder, "includeTypes", List.of("file"));
    return stack.synapse("/repo/v1/entity/children", asked).path("page");
  }

  private static ConditionFactory await() {
    return Awaitility.await().atMost(Duration.ofSeconds(60));
  }

  private static String rows(String reads) {
    return "sample,fastq_1\n" + reads + ",syn://" + reads + "\n";
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String key(String sheet, int version, String recipe) {
    return "round-trip/" + sheet + "." + version + "/" + recipe;
  }

  /** A scan as a schedule starts it, under an id of its own. */
  private static WorkflowStub begin(Map<String, Object> request) {
    return stack.start("manifest-scan", "scheduled/" + UUID.randomUUID(), request);
  }

  private static JsonNode scan(Map<String, Object> request) {
    return stack.report(begin(request));
  }

  /** Waits for the runs that a scan started, however they end. */
  private static void ended(JsonNode report) {
    for (String key : keys(report, "started")) {
      WorkflowStub run = stack.client().newUntypedWorkflowStub(key);
      try {
        run.getResult(Map.class);
      } catch (WorkflowFailedException failed) {
        assertThat(failed).hasCauseInstanceOf(ApplicationFailure.class);
      }
    }
  }

  private static ApplicationFailure failureOf(WorkflowStub scan) {
    var thrown =
        assertThatExceptionOfType(WorkflowFailedException.class)
            .isThrownBy(() -> scan.getResult(Map.class))
            .actual();
    stack.replay(scan);
    return Objects.requireNonNull((ApplicationFailure) thrown.getCause());
  }

  private static List<String> keys(JsonNode report, String list) {
    return report.path(list).findValuesAsText("key");
  }

  private static String outcome(JsonNode report) {
    return report.path("outcome").asText();
  }

  private static List<JsonNode> launches(String namePrefix) {
    return stack.effects("seqera", "POST /workflow/launch").stream()
        .filter(e -> e.path("object").path("name").asText().startsWith(namePrefix))
        .toList();
  }

  private static long refusals(String key) {
    return stack.effects("s3", "PUT object").stream()
        .filter(e -> e.path("object").path("name").asText().endsWith(key + "/refused"))
        .count();
  }

  private static long lastEffect() {
    JsonNode effects = stack.control("GET", "/effects", "");
    return effects.isEmpty() ? 0 : effects.get(effects.size() - 1).path("seq").asLong();
  }

  private static void plan(String match, int times, String steps) {
    stack.control(
        "POST",
        "/plans",
        "{\"platform\":\"seqera\",\"match\":\"^"
            + match
            + "\",\"times\":"
            + times
            + ",\"steps\":"
            + steps
            + "}");
  }
}
