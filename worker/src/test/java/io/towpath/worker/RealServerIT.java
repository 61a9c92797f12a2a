package io.towpath.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.temporal.client.WorkflowStub;
import io.towpath.sandbox.SandboxOptions;
import io.towpath.sandbox.synapse.SynapseSeed;
import io.towpath.worker.telemetry.Telemetry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What only a real server can show: workers and servers that die, and Temporal's own command. */
@Tag("devserver")
@Timeout(value = 15, unit = TimeUnit.MINUTES)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@SuppressWarnings("try") // a process of a try runs meanwhile, and need not be named
class RealServerIT {
  private static final int LARGER_THAN_THE_HEAP = 320 << 20;

  @TempDir Path folder;
  private ServerProcess server;
  private Stack stack;
  private Map<String, String> settings;

  @BeforeEach
  void start() throws IOException {
    server = ServerProcess.start(folder);
    stack = Stack.withoutWorker(SandboxOptions.forTests(), TemporalUnderTest.at(server.address()));
    settings = new TreeMap<>(stack.env());
    settings.putAll(Stack.FAST);
    settings.put("TEMPORAL_ADDRESS", server.address());
  }

  @AfterEach
  void stop() {
    stack.close();
    server.close();
  }

  @TestFactory
  @Tag("proof")
  List<DynamicTest> a_worker_killed_after_any_platform_call_is_taken_over_by_another_one() {
    return killed(
        "SIGKILL after any call of a round trip or a scan",
        () ->
            Stream.concat(
                    KillMatrix.record(
                        RoundTripCell.small(stack), RoundTripCell.copiedInParts(stack))
                        .stream(),
                    KillMatrix.record(ScanCell.kind(stack)).stream())
                .toList());
  }

  @TestFactory
  @Tag("proof")
  List<DynamicTest> a_worker_killed_after_any_call_of_a_sheet_is_taken_over_by_another_one() {
    return killed(
        "SIGKILL after any call of a sheet", () -> KillMatrix.record(CavaticaCell.kind(stack)));
  }

  private List<DynamicTest> killed(String what, Supplier<List<KillMatrix.Aimed>> work) {
    return AtOnce.oneByOne(
        Map.of(
            what,
            () -> {
              try {
                takenOver(recorded(work));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            }));
  }

  private void takenOver(List<KillMatrix.Aimed> aims) throws IOException {
    List<Cell> cells = new ArrayList<>();
    List<Trial> trials = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    for (KillMatrix.Aimed aimed : aims) {
      Cell cell = aimed.kind().named("killed" + cells.size());
      cells.add(cell);
      trials.add(
          Trial.of(cell, "crash", List.of(Kill.callOf(aimed.aim()))).against(aimed.spared()));
      lines.add(cell.workflowId() + "\t" + aimed.aim());
    }
    Path file = Files.write(folder.resolve("aims"), lines);
    List<WorkflowStub> runs = new ArrayList<>();
    try (WorkerProcess dying = WorkerProcess.start(DyingWorker.class, settings, file.toString())) {
      Trial.undisturbed(aims.get(0).kind().named("warm")).run();
      cells.forEach(cell -> runs.add(cell.start()));
      dying.await("all struck", 480);
    }
    try (WorkerProcess next = WorkerProcess.start(WorkerMain.class, settings)) {
      for (int i = 0; i < cells.size(); i++) {
        trials.get(i).ended(runs.get(i));
      }
      assertThat(next.lives()).isTrue();
    }
  }

  private List<KillMatrix.Aimed> recorded(Supplier<List<KillMatrix.Aimed>> work) {
    OkHttpClient watched = new OkHttpClient.Builder().addInterceptor(new Kill()).build();
    try (TowpathWorker recording =
        TowpathWorker.start(
            stack.client(),
            Stack.settings(settings),
            new TowpathWorker.Surroundings(watched, List.of(Death.told()), Telemetry.none()))) {
      List<KillMatrix.Aimed> aims = work.get();
      assertThat(recording.polls()).isTrue();
      return aims;
    }
  }

  @Test
  void a_server_killed_and_restarted_on_its_file_has_forgotten_nothing() throws IOException {
    plan("restart-", 4_000);
    try (WorkerProcess worker = WorkerProcess.start(WorkerMain.class, settings)) {
      Map<String, Object> request = stack.request("restart");
      WorkflowStub run = stack.start(request);
      await(() -> !launches("restart-").isEmpty());

      server.killAndRestart();

      assertThat(stack.report(run).path("outcome").asText()).isEqualTo("SUCCEEDED_WITH_WARNINGS");
      assertThat(launches("restart-")).hasSize(1);
      assertThat(stack.report(stack.start(request)).path("outcome").asText()).isEqualTo("NOOP");
      assertThat(worker.lives()).isTrue();
    }
  }

  @Test
  void a_worker_told_to_stop_hands_over_what_it_is_at_within_a_minute() throws IOException {
    settings.put("TOWPATH_SETTLE", "PT30S");
    plan("waiting-", 20_000);
    fault("seqera", "POST /workflow/launch", "unclear-", 1, "{\"kind\":\"drop-after-commit\"}");
    fault("s3", "PUT part", "", 1_000, "{\"kind\":\"delay\",\"ms\":5000}");
    List<WorkflowStub> runs = new ArrayList<>();
    try (WorkerProcess stopping = WorkerProcess.start(WorkerMain.class, settings)) {
      runs.add(stack.start(streamed("parts", 96 << 20)));
      runs.add(stack.start(stack.request("unclear")));
      runs.add(stack.start(stack.request("waiting")));
      await(
          () ->
              launches("waiting-").size() + launches("unclear-").size() == 2
                  && !stack.effects("s3", "PUT part").isEmpty());

      assertThat(stopping.drains()).isTrue();
      assertThat(stopping.said()).noneMatch(line -> line.contains("that it should not"));
    }
    stack.control("DELETE", "/faults", "");
    try (WorkerProcess next = WorkerProcess.start(WorkerMain.class, settings)) {
      for (WorkflowStub run : runs) {
        assertThat(stack.report(run).path("outcome").asText()).startsWith("SUCCEEDED");
      }
      assertThat(stack.historyText(runs.get(0))).contains("another one goes on");
      assertThat(List.of(launches("parts-"), launches("waiting-"), launches("unclear-")))
          .allSatisfy(launched -> assertThat(launched).hasSize(1));
      assertThat(stack.effects("s3", "POST complete")).hasSize(1);
      assertThat(stack.effects("s3", "POST uploads")).hasSize(1);
      assertThat(next.lives()).isTrue();
    }
  }

  @Test
  void a_file_larger_than_the_workers_heap_is_streamed() throws IOException {
    try (WorkerProcess worker = WorkerProcess.start(WorkerMain.class, settings)) {
      JsonNode report = stack.report(stack.start(streamed("huge", LARGER_THAN_THE_HEAP)));

      assertThat(report.path("outcome").asText()).isEqualTo("SUCCEEDED");
      assertThat(report.at("/staged/bytes").asLong()).isEqualTo(LARGER_THAN_THE_HEAP);
      assertThat(stack.effects("s3", "PUT part")).hasSizeGreaterThan(30);
      assertThat(worker.lives()).as("256 MiB of heap were enough").isTrue();
    }
  }

  @Test
  void temporals_own_command_starts_it_under_any_id_and_finds_it_by_search_attribute()
      throws IOException {
    try (WorkerProcess worker = WorkerProcess.start(WorkerMain.class, settings)) {
      Map<String, Object> request = stack.request("byhand");
      request.put("dataset", "hand made");
      Path input = folder.resolve("r.json");
      Files.writeString(input, Stack.JSON.writeValueAsString(request));
      for (String id : List.of("anything", "anything-else")) {
        temporal(
            "workflow",
            "start",
            "--type",
            "round-trip",
            "--task-queue",
            "towpath",
            "--input-file",
            input.toString(),
            "--workflow-id",
            id);
      }
      List<String> outcomes = new ArrayList<>();
      for (String id : List.of("anything", "anything-else")) {
        WorkflowStub run = stack.client().newUntypedWorkflowStub(id);
        outcomes.add(stack.report(run).path("outcome").asText());
      }

      assertThat(outcomes).containsExactlyInAnyOrder("SUCCEEDED", "NOOP");
      assertThat(launches("byhand-")).hasSize(1);
      await(() -> listed("EtlKind = 'round-trip' AND EtlDataset = 'hand made'").size() == 3);
      assertThat(listed("EtlOutcome = 'SUCCEEDED'"))
          .contains(stack.plan(request).workflowId().orElseThrow());
      assertThat(worker.lives()).isTrue();
    }
  }

  /** A request with one file of this size, which no bucket holds yet. */
  private Map<String, Object> streamed(String name, int bytes) {
    SynapseSeed synapse = stack.sandbox().synapseSeed();
    String folder = synapse.folder(stack.seed("synapse.project"), name + " reads");
    byte[] large = new byte[bytes];
    for (int i = 0; i < large.length; i += 4_099) {
      large[i] = (byte) i;
    }
    String id = synapse.file(folder, name + "_R1.fastq.gz", "application/gzip", large);
    String sheet = "sample,fastq_1,fastq_2,strandedness\n" + name + ",syn://" + id + ",,auto\n";
    String manifest =
        synapse.file(folder, name + ".csv", "text/csv", sheet.getBytes(StandardCharsets.UTF_8));
    Map<String, Object> request = stack.request(name, manifest, stack.folder(name));
    String to = "s3://" + stack.seed("s3.bucket") + "/etl/" + name + "/";
    request.put("stage", Map.of("to", to, "mode", "stream"));
    return request;
  }

  private void fault(String platform, String route, String body, int times, String what) {
    stack.control(
        "POST",
        "/faults",
        "{\"platform\":\""
            + platform
            + "\",\"route\":\""
            + route
            + "\",\"times\":"
            + times
            + (body.isEmpty() ? "" : ",\"bodyMatches\":\"" + body + "\"")
            + ",\"do\":"
            + what
            + "}");
  }

  private List<String> listed(String query) throws IOException {
    List<String> ids = new ArrayList<>();
    for (JsonNode run :
        Stack.JSON.readTree(temporal("workflow", "list", "--query", query, "-o", "json"))) {
      ids.add(run.at("/execution/workflowId").asText());
    }
    return ids;
  }

  private String temporal(String... words) throws IOException {
    return TemporalCommand.run(server.address(), List.of(words));
  }

  private void plan(String match, int runningMs) {
    stack.control(
        "POST",
        "/plans",
        "{\"platform\":\"seqera\",\"match\":\"^"
            + match
            + "\",\"steps\":[{\"status\":\"RUNNING\",\"forMs\":"
            + runningMs
            + "},{\"status\":\"SUCCEEDED\"}]}");
  }

  private List<JsonNode> launches(String prefix) {
    return stack.effects("seqera", "POST /workflow/launch").stream()
        .filter(e -> e.path("object").path("name").asText().startsWith(prefix))
        .toList();
  }

  private static void await(java.util.concurrent.Callable<Boolean> condition) {
    Awaitility.await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(condition);
  }
}
