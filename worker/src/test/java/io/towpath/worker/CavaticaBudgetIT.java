package io.towpath.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.temporal.client.WorkflowStub;
import io.towpath.sandbox.SandboxOptions;
import io.towpath.sandbox.sevenbridges.SevenBridgesSeed;
import io.towpath.workflows.cavatica.CavaticaWorkflow;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What a sheet of 500 samples with 2,000 files costs in history and in calls, in a project that is
 * full of others' work, of which nothing is adopted or touched.
 */
@Tag("large")
@Timeout(value = 900, unit = TimeUnit.SECONDS)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CavaticaBudgetIT {
  private static final int SAMPLES = 500;
  private static final int FILES = 2_000;
  private static final int FEW = 10;
  private static final String CHANGES_OF_TASKS =
      "sevenbridges (POST /tasks|PATCH /tasks/.*|DELETE /tasks/.*|POST /tasks/.*)";

  /**
   * All but what is asked again for as long as imports, exports and tasks go on: their bulk calls,
   * and the outputs' files each time that their exports are looked at.
   */
  private static final String READS = "sevenbridges GET (?!/storage/exports).*";

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
  void five_hundred_samples_cost_one_small_history_and_few_calls_each() {
    SheetScene scene = scene("budget", SAMPLES);
    Set<String> others = others(scene);
    Map<String, Object> request = scene.request(Map.of());
    request.put("drs", Map.of("minter", "indexd", "selfUriBase", "drs://dg.4503:"));
    long before = stack.lastEffectSeen();
    String workflowId = scene.plan(request).workflowId().orElseThrow();
    stack.control("POST", "/reset", "{\"what\":[\"requests\"]}");
    WorkflowStub run = stack.start(CavaticaWorkflow.TYPE, workflowId, request);
    JsonNode report = stack.report(run);
    Map<String, Integer> calls = requests();
    int events = stack.history(run).getEvents().size();
    int bytes = stack.history(run).getHistory().getSerializedSize();
    System.out.println(SAMPLES + " samples: " + events + " events, " + bytes + " bytes, " + calls);

    assertThat(report.path("outcome").asText()).isEqualTo("SUCCEEDED");
    int outputs = report.at("/collated/count").asInt();
    int imports = calls.getOrDefault("sevenbridges POST /bulk/storage/imports/create", 0);
    int resolved = sum(calls, "indexd \\w+ /ga4gh/drs/v1/objects.*");
    Records.measured("events in the history of 500 samples on CAVATICA", String.valueOf(events));
    Records.measured("history of 500 samples on CAVATICA", String.format("%,d bytes", bytes));
    Records.measured("calls that import 2,000 files", String.valueOf(imports));
    each(
        "calls to Seven Bridges that change something, for each task",
        sum(calls, CHANGES_OF_TASKS),
        SAMPLES);
    each("other reads of Seven Bridges for each task, but for waiting", sum(calls, READS), SAMPLES);
    each("look-ups for each DRS id", resolved, outputs);
    assertThat(events).isLessThanOrEqualTo(300);
    assertThat(bytes).isLessThanOrEqualTo(256 << 10);
    assertThat(imports).isBetween(1, FILES / 100);
    assertThat(sum(calls, CHANGES_OF_TASKS)).isEqualTo(2 * SAMPLES);
    assertThat(sum(calls, READS)).as("reads but for waiting").isLessThanOrEqualTo(SAMPLES * 3 / 10);
    assertThat(sum(calls, "indexd POST /index")).isEqualTo(outputs);
    assertThat(resolved).isLessThanOrEqualTo(2 * outputs);
    assertThat(stack.effects("sevenbridges", "", before))
        .extracting(effect -> effect.at("/object/id").asText())
        .doesNotContainAnyElementsOf(others);
  }

  @Test
  void an_input_that_needs_the_tasks_id_costs_one_call_more_for_each() {
    SheetScene scene = scene("ids", FEW);
    Map<String, Object> inputs =
        Map.of(
            "input_pe_reads", "files.file",
            "sample_name", "sample_id",
            "output_basename", "taskId");
    stack.control("POST", "/reset", "{\"what\":[\"requests\"]}");

    JsonNode report = stack.report(scene.start(scene.request(Map.of("inputs", inputs))));

    assertThat(report.path("outcome").asText()).isEqualTo("SUCCEEDED");
    assertThat(sum(requests(), CHANGES_OF_TASKS)).isEqualTo(3 * FEW);
  }

  private static void each(String budget, int calls, int things) {
    Records.measured(budget, String.format("%.2f", calls / (double) things));
  }

  private static SheetScene scene(String name, int samples) {
    SheetScene scene = new SheetScene(stack, name, FILES / SAMPLES / 2);
    for (int i = 0; i < samples; i++) {
      scene.sample("s" + i);
    }
    return scene;
  }

  /** Ids of 400 tasks and 2,000 files that others have in the project, some of them namesakes. */
  private static Set<String> others(SheetScene scene) {
    SevenBridgesSeed seed = stack.sandbox().sevenBridgesSeed();
    String app = stack.seed("sevenbridges.publicApp") + "/0";
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < 400; i++) {
      String name = "s" + i + "_budget read-quality-summary";
      ids.add(seed.task(scene.project(), app, name, i % 2 == 0 ? "DRAFT" : "COMPLETED"));
    }
    for (int i = 0; i < FILES; i++) {
      String name = "s" + i + "_budget_L1_R1.fastq.gz";
      ids.add(seed.file(scene.project(), name, "theirs".getBytes(StandardCharsets.UTF_8)));
    }
    return ids;
  }

  /** Calls of all routes that match. */
  private static int sum(Map<String, Integer> calls, String routes) {
    return calls.entrySet().stream()
        .filter(call -> call.getKey().matches(routes))
        .mapToInt(Map.Entry::getValue)
        .sum();
  }

  private static Map<String, Integer> requests() {
    Map<String, Integer> calls = new TreeMap<>();
    for (JsonNode request : stack.control("GET", "/requests", "")) {
      calls.merge(
          request.path("platform").asText() + " " + request.path("route").asText(),
          request.path("count").asInt(),
          Integer::sum);
    }
    return calls;
  }
}
