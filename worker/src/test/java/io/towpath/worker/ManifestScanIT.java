package io.towpath.worker;

import static io.towpath.worker.ScanScene.bytes;
import static io.towpath.worker.ScanScene.key;
import static io.towpath.worker.ScanScene.keys;
import static io.towpath.worker.ScanScene.outcome;
import static io.towpath.worker.ScanScene.rows;
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
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
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
  private static ScanScene scans;

  @BeforeAll
  static void start() {
    stack = new Stack(SandboxOptions.forTests(), Stack.FAST);
    scans = new ScanScene(stack);
  }

  @AfterAll
  static void stop() {
    stack.close();
  }

  @Test
  void two_new_manifests_start_two_runs_and_the_next_scan_none() {
    Map<String, Object> request = scans.request("two");
    String one = scans.sheet("two", "one.csv");
    String two = scans.sheet("two", "two.csv");
    WorkflowStub scan = scans.begin(request);

    JsonNode first = stack.report(scan);
    scans.ended(first);
    stack.keep(scan, "scan-succeeded");

    assertThat(keys(first, "started")).containsExactly(key(one, 1, "two"), key(two, 1, "two"));
    assertThat(keys(first, "started"))
        .extracting(key -> outcome(stack.report(stack.client().newUntypedWorkflowStub(key))))
        .allSatisfy(outcome -> assertThat(outcome).startsWith("SUCCEEDED"));
    assertThat(outcome(first)).isEqualTo("SUCCEEDED");
    JsonNode second = scans.scan(request);
    assertThat(outcome(second)).isEqualTo("NOOP");
    assertThat(second.path("seen").asInt()).isEqualTo(2);
    assertThat(scans.launches("two-")).hasSize(2);
  }

  @Test
  void two_scans_at_once_start_each_round_trip_once() {
    Map<String, Object> request = scans.request("atonce");
    scans.sheet("atonce", "one.csv");
    scans.sheet("atonce", "two.csv");
    WorkflowStub one = scans.begin(request);
    WorkflowStub two = scans.begin(request);

    JsonNode first = stack.report(one);
    JsonNode second = stack.report(two);
    scans.ended(first);
    scans.ended(second);

    assertThat(first.path("started").size() + second.path("started").size()).isEqualTo(2);
    assertThat(scans.launches("atonce-")).hasSize(2);
  }

  @Test
  void a_broken_manifest_is_reported_once_and_noted_once() {
    Map<String, Object> request = scans.request("broken");
    String broken = scans.sheet("broken", "broken.csv", "syn1999999999");
    String good = scans.sheet("broken", "good.csv");

    JsonNode first = scans.scan(request);
    scans.ended(first);
    JsonNode second = scans.scan(request);

    assertThat(outcome(first)).isEqualTo("SUCCEEDED_WITH_WARNINGS");
    assertThat(keys(first, "refused")).containsExactly(key(broken, 1, "broken"));
    assertThat(first.at("/refused/0/message").asText())
        .contains("line 2, column fastq_1: syn1999999999 does not exist");
    assertThat(keys(first, "started")).containsExactly(key(good, 1, "broken"));
    assertThat(outcome(second)).isEqualTo("NOOP");
    assertThat(second.path("refused")).isEmpty();
    assertThat(second.path("alreadyRefused").asInt()).isEqualTo(1);
    assertThat(scans.refusals(key(broken, 1, "broken"))).isEqualTo(1);
    assertThat(scans.launches("broken-")).hasSize(1);
  }

  @Test
  void a_start_by_hand_ignores_a_refusal() {
    Map<String, Object> request = scans.request("mended");
    String reads = scans.file("mended", "late.fastq.gz", "r");
    String sheet = scans.sheet("mended", "sheet.csv", reads + ".2");
    assertThat(keys(scans.scan(request), "refused")).hasSize(1);
    stack.sandbox().synapseSeed().newVersion(reads, bytes("other"));

    Map<String, Object> byHand = stack.request("mended", sheet, stack.folder("mended-out"));

    assertThat(outcome(stack.report(stack.start(byHand)))).startsWith("SUCCEEDED");
    assertThat(scans.scan(request).path("seen").asInt()).isEqualTo(1);
  }

  @Test
  void a_failed_run_is_not_launched_again_but_a_new_version_is() {
    plan("failing-", 1, "[{\"status\":\"FAILED\"}]");
    Map<String, Object> request = scans.request("failing");
    String sheet = scans.sheet("failing", "sheet.csv");
    scans.ended(scans.scan(request));
    assertThat(scans.launches("failing-")).hasSize(1);

    JsonNode second = scans.scan(request);
    assertThat(outcome(second)).isEqualTo("NOOP");
    assertThat(scans.launches("failing-")).hasSize(1);

    stack.sandbox().synapseSeed().newVersion(sheet, bytes(rows(scans.reads("failing")) + "\n"));
    JsonNode third = scans.scan(request);
    scans.ended(third);
    assertThat(keys(third, "started")).containsExactly(key(sheet, 2, "failing"));
    assertThat(scans.launches("failing-")).hasSize(2);
  }

  @Test
  void an_event_starts_its_object_only() {
    Map<String, Object> request = scans.request("event");
    scans.sheet("event", "one.csv");
    String two = scans.sheet("event", "two.csv");
    request.put("event", Map.of("objectId", two, "objectType", "ENTITY", "eventType", "CREATE"));

    JsonNode report = scans.scan(request);
    scans.ended(report);

    assertThat(keys(report, "started")).containsExactly(key(two, 1, "event"));
    assertThat(scans.launches("event-")).hasSize(1);
  }

  @Test
  void an_event_of_something_else_is_ignored_with_a_reason() {
    Map<String, Object> request = scans.request("stranger");
    request.put("event", Map.of("objectId", stack.seed("synapse.manifest")));

    JsonNode report = scans.scan(request);

    assertThat(outcome(report)).isEqualTo("NOOP");
    assertThat(report.path("ignored").asText()).contains("not in " + stack.folder("stranger"));
  }

  @Test
  void what_a_listing_hides_is_started_by_an_event_or_a_later_scan() {
    Map<String, Object> request = scans.request("hidden");
    String hidden = hiddenSheet("hidden", "hidden.csv", 600_000);
    String late = hiddenSheet("hidden", "late.csv", 4_000);
    assertThat(scans.scan(request).path("started")).isEmpty();

    Map<String, Object> event = new TreeMap<>(request);
    event.put("event", Map.of("objectId", hidden));
    JsonNode byEvent = scans.scan(event);
    scans.ended(byEvent);
    await().until(() -> children(stack.folder("hidden")).size() == 1);
    JsonNode later = scans.scan(request);
    scans.ended(later);

    assertThat(keys(byEvent, "started")).containsExactly(key(hidden, 1, "hidden"));
    assertThat(keys(later, "started")).containsExactly(key(late, 1, "hidden"));
    assertThat(scans.launches("hidden-")).hasSize(2);
  }

  @Test
  void a_scan_looks_into_a_bounded_number_of_manifests_and_the_next_into_the_rest() {
    Map<String, Object> request = scans.request("bounded");
    request.put("maxStarts", 1);
    scans.sheet("bounded", "a.csv");
    scans.sheet("bounded", "b.csv");

    JsonNode first = scans.scan(request);
    scans.ended(first);
    JsonNode second = scans.scan(request);
    scans.ended(second);

    assertThat(first.path("started")).hasSize(1);
    assertThat(first.path("waiting").asInt()).isEqualTo(1);
    assertThat(second.path("started")).hasSize(1);
    assertThat(second.path("waiting").asInt()).isZero();
  }

  @Test
  void no_more_runs_than_the_limit_are_under_way() {
    plan("limit-", 2, FOREVER);
    Map<String, Object> request = scans.request("limit");
    request.put("maxConcurrent", 2);
    for (String name : List.of("a.csv", "b.csv", "c.csv")) {
      scans.sheet("limit", name);
    }

    JsonNode first = scans.scan(request);
    await().until(() -> scans.launches("limit-").size() == 2);
    JsonNode second = scans.scan(request);

    assertThat(first.path("started")).hasSize(2);
    assertThat(first.path("waiting").asInt()).isEqualTo(1);
    assertThat(second.path("started")).isEmpty();
    assertThat(second.path("running").asInt()).isEqualTo(2);
    assertThat(second.path("waiting").asInt()).isEqualTo(1);
    stack.client().newUntypedWorkflowStub(keys(first, "started").get(0)).terminate("gone");
    JsonNode third = scans.scan(request);
    scans.ended(third);
    assertThat(third.path("started")).hasSize(1);
    stack.client().newUntypedWorkflowStub(keys(first, "started").get(1)).terminate("enough");
  }

  @Test
  void a_dry_run_says_what_it_would_start_and_changes_nothing() {
    Map<String, Object> request = scans.request("dry");
    String good = scans.sheet("dry", "good.csv");
    String broken = scans.sheet("dry", "broken.csv", "syn1999999999");
    long before = lastEffect();

    Plan plan = stack.plan("manifest-scan", request);
    request.put("dryRun", true);
    JsonNode report = scans.scan(request);

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
    Map<String, Object> request = scans.request("wrong");
    String sheet = scans.sheet("wrong", "sheet.csv");
    Map<String, Object> template = scans.template("wrong");
    template.put("index", Map.of("parent", sheet));
    request.put("template", template);

    ApplicationFailure failure = failureOf(scans.begin(request));

    assertThat(failure.getType()).isEqualTo("INPUT_REJECTED");
    assertThat(failure.getOriginalMessage()).contains("template.index.parent");
    assertThat(scans.refusals(key(sheet, 1, "wrong"))).isZero();
    assertThat(stack.plan("manifest-scan", request).problems())
        .extracting(Problem::place)
        .containsExactly("template");
  }

  @Test
  void what_is_wrong_with_a_request_is_told_at_once() {
    Map<String, Object> request = scans.request("bad");
    Map<String, Object> template = scans.template("bad");
    template.put("manifest", Map.of("synId", "syn1"));
    template.put("rerun", "always");
    request.put("template", template);
    request.put("event", Map.of("objectId", "nothing"));
    request.put("maxStart", 3);

    ApplicationFailure failure = failureOf(scans.begin(request));

    assertThat(failure.getOriginalMessage())
        .contains("template.manifest.synId: is filled in")
        .contains("template.rerun: is always never")
        .contains("event.objectId")
        .contains("did you mean \"maxStarts\"?");
  }

  @Test
  void a_scan_shows_its_stages_and_keeps_its_history_short() {
    Map<String, Object> request = scans.request("stages");
    scans.sheet("stages", "one.csv");
    WorkflowStub scan = scans.begin(request);
    scans.ended(stack.report(scan));

    StatusView status = scan.query("status", StatusView.class);

    assertThat(status.outcome()).contains("SUCCEEDED");
    assertThat(status.stages()).extracting("state").containsOnly("done");
    assertThat(stack.history(scan).getEvents()).hasSizeLessThan(40);
  }

  /** A sheet that is there, but that listings do not show for a while. */
  private static String hiddenSheet(String folder, String name, int ms) {
    String model = scans.sheet(folder + "-models", name);
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

  private static ApplicationFailure failureOf(WorkflowStub scan) {
    var thrown =
        assertThatExceptionOfType(WorkflowFailedException.class)
            .isThrownBy(() -> scan.getResult(Map.class))
            .actual();
    stack.replay(scan);
    return Objects.requireNonNull((ApplicationFailure) thrown.getCause());
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
