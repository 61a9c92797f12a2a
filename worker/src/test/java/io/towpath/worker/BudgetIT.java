package io.towpath.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowStub;
import io.towpath.sandbox.SandboxOptions;
import io.towpath.sandbox.synapse.SynapseSeed;
import java.nio.charset.StandardCharsets;
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

/** What a round trip of 1,000 files costs in history and in calls: design.md section 11. */
@Tag("suite")
@Tag("proof")
@Timeout(value = 300, unit = TimeUnit.SECONDS)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BudgetIT {
  private static final int FILES = 1_000;

  private static Stack stack;
  private static String manifest;

  @BeforeAll
  static void start() {
    stack = new Stack(SandboxOptions.forTests(), Stack.FAST);
    manifest = plant();
  }

  @AfterAll
  static void stop() {
    stack.close();
  }

  private static String plant() {
    SynapseSeed synapse = stack.sandbox().synapseSeed();
    String folder = synapse.folder(stack.seed("synapse.project"), "a thousand reads");
    StringBuilder sheet = new StringBuilder("sample,fastq_1,fastq_2,strandedness\n");
    for (int i = 0; i < FILES; i++) {
      byte[] bytes = ("@read" + i + "\nACGT\n+\nFFFF\n").getBytes(StandardCharsets.UTF_8);
      String id = synapse.file(folder, "s" + i + "_R1.fastq", "text/plain", bytes);
      sheet.append("s").append(i).append(",syn://").append(id).append(",,auto\n");
    }
    return synapse.file(
        stack.seed("synapse.project"),
        "thousand.csv",
        "text/csv",
        sheet.toString().getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void a_thousand_files_cost_one_small_history_and_about_one_call_each() throws Exception {
    String outdir = "s3://" + stack.seed("s3.bucket") + "/etl/budget/results/";
    Map<String, Object> request = stack.request("budget", manifest, stack.folder("budget"));
    request.put("runs", List.of(stack.run("budget", Map.of("params", Map.of("outdir", outdir)))));
    reset();
    WorkflowStub run = stack.start(request);
    JsonNode report = stack.report(run);
    Map<String, Integer> calls = requests();
    print("first run", run, calls);
    stack.keep(run, "thousand");

    measured(run);

    assertThat(report.path("outcome").asText()).isEqualTo("SUCCEEDED");
    assertThat(report.at("/staged/count").asInt()).isEqualTo(FILES);
    int created = report.at("/index/created").asInt();
    assertThat(created).isGreaterThanOrEqualTo(FILES);
    int folders = report.at("/index/folderCount").asInt();
    int synapse = sum(calls, "synapse ", "presigned");
    each("calls to Synapse for each file staged and filed", synapse - folders, FILES);
    Records.measured(
        "calls to Seqera for each run, but for lists",
        String.valueOf(sum(calls, "seqera ", "GET /workflow")));
    assertThat((double) synapse)
        .as("Synapse calls for staging and indexing: %s", calls)
        .isLessThanOrEqualTo(1.1 * FILES + 2.1 * created + folders);
    assertThat(sum(calls, "seqera ", "GET /workflow"))
        .as("Seqera calls: %s", calls)
        .isLessThanOrEqualTo(8);
    within(run);

    request.put("rerun", "always");
    reset();
    WorkflowStub again = stack.start(request);
    JsonNode unchanged = stack.report(again);
    calls = requests();
    print("run again", again, calls);

    assertThat(unchanged.at("/staged/reused").asInt()).isEqualTo(FILES);
    assertThat(unchanged.at("/index/unchanged").asInt()).isEqualTo(created);
    int asked = sum(calls, "synapse ", "presigned");
    each("calls to Synapse for each file that has not changed", asked - folders, created);
    assertThat((double) asked)
        .as("Synapse calls for unchanged files: %s", calls)
        .isLessThanOrEqualTo(0.05 * created + folders);
    within(again);
  }

  private static void within(WorkflowStub run) {
    assertThat(stack.history(run).getEvents()).hasSizeLessThanOrEqualTo(150);
    assertThat(bytes(run)).isLessThanOrEqualTo(64 << 10);
    assertThat(largest(run)).isLessThanOrEqualTo(10 << 10);
  }

  private static void print(String what, WorkflowStub run, Map<String, Integer> calls) {
    System.out.printf(
        "budget, %s of %,d files: %d events, %,d bytes of history, largest event %,d bytes, %,d"
            + " Synapse calls, %d Seqera calls of which %d lists%n",
        what,
        FILES,
        events(run),
        bytes(run),
        largest(run),
        sum(calls, "synapse ", "presigned"),
        sum(calls, "seqera ", "nothing"),
        calls.getOrDefault("seqera GET /workflow", 0));
  }

  private static void measured(WorkflowStub run) {
    Records.measured(
        "events in the history of a round trip of 1,000 files", String.valueOf(events(run)));
    Records.measured("its history", String.format("%,d bytes", bytes(run)));
    Records.measured("the largest event in it", String.format("%,d bytes", largest(run)));
  }

  private static void each(String budget, int calls, int files) {
    Records.measured(budget, String.format("%.2f", calls / (double) files));
  }

  private static int events(WorkflowStub run) {
    return stack.history(run).getEvents().size();
  }

  private static int bytes(WorkflowStub run) {
    return stack.history(run).getHistory().getSerializedSize();
  }

  private static int largest(WorkflowStub run) {
    return stack.history(run).getHistory().getEventsList().stream()
        .mapToInt(HistoryEvent::getSerializedSize)
        .max()
        .orElse(0);
  }

  private static void reset() {
    stack.control("POST", "/reset", "{\"what\":[\"requests\"]}");
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

  private static int sum(Map<String, Integer> calls, String platform, String but) {
    return calls.entrySet().stream()
        .filter(c -> c.getKey().startsWith(platform) && !c.getKey().endsWith(but))
        .mapToInt(Map.Entry::getValue)
        .sum();
  }
}
