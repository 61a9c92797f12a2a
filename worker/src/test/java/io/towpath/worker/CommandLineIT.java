package io.towpath.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.towpath.sandbox.SandboxOptions;
import io.towpath.worker.CommandLine.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands against a live stand: exit codes, documents, and effects at the sandbox. */
@Tag("devserver")
@Timeout(value = 90, unit = TimeUnit.SECONDS)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CommandLineIT {
  private static final String LAUNCH = "POST /workflow/launch";
  private static final String CANCEL = "POST /workflow/{workflowId}/cancel";

  private static Stack stack;
  private static CommandLine towpath;

  @BeforeAll
  static void start() {
    stack =
        new Stack(
            SandboxOptions.forTests(),
            Map.of("TOWPATH_POLL_FLOOR", "PT0.2S", "TOWPATH_SETTLE", "PT0.3S"));
    towpath = new CommandLine(stack.client().getWorkflowServiceStubs().getOptions().getTarget());
  }

  @AfterAll
  static void stop() {
    stack.close();
  }

  @Test
  void a_second_start_is_a_noop_and_a_changed_one_a_conflict() {
    Map<String, Object> request = stack.request("cli-once");
    JsonNode first = told(0, towpath.on(request, "start", "--wait", "-o", "json"));
    assertThat(first.path("outcome").asText()).isEqualTo("SUCCEEDED");
    assertThat(first.path("started").asBoolean()).isTrue();
    int effects = effects();

    JsonNode second = told(0, towpath.on(request, "start", "-o", "json"));
    request.put("runs", List.of(stack.run("cli-once", Map.of("params", Map.of("min", 5)))));
    JsonNode changed = told(4, towpath.on(request, "start", "-o", "json"));

    assertThat(second.path("outcome").asText()).isEqualTo("NOOP");
    assertThat(second.path("started").asBoolean()).isFalse();
    assertThat(second.at("/report/outcome").asText()).isEqualTo("SUCCEEDED");
    assertThat(second.path("runId")).isEqualTo(first.path("runId"));
    assertThat(changed.path("workflowId")).isEqualTo(first.path("workflowId"));
    assertThat(changed.at("/failure/details/differences/0/path").asText())
        .isEqualTo("runs[0].params.min");
    assertThat(effects()).isEqualTo(effects);
  }

  @Test
  void a_failed_run_ends_with_1_and_retry_opens_the_next_generation() {
    plan("cli-fails-", "{\"status\":\"FAILED\",\"detail\":{\"errorMessage\":\"QC failed\"}}");
    Map<String, Object> request = stack.request("cli-fails");

    JsonNode failed = told(1, towpath.on(request, "start", "--wait", "-o", "json"));
    String id = failed.path("workflowId").asText();
    JsonNode report = told(1, towpath.run("report", id));
    JsonNode again = told(0, towpath.run("retry", id, "-o", "json"));
    Result followed = towpath.run("status", id, "--follow");

    assertThat(failed.at("/failure/kind").asText()).isEqualTo("RUN_FAILED");
    assertThat(report.path("outcome").asText()).isEqualTo("FAILED");
    assertThat(again.path("generation").asInt()).isEqualTo(2);
    assertThat(followed.exitCode()).isZero();
    assertThat(followed.out()).contains("SUCCEEDED, generation 2");
    assertThat(named(LAUNCH, "cli-fails-")).isEqualTo(2);
  }

  @Test
  void cancel_stops_the_platforms_run_and_detach_leaves_it() {
    String stopped = running("cli-stop");
    String left = running("cli-leave");

    told(0, towpath.run("cancel", stopped, "-o", "json"));
    told(0, towpath.run("cancel", left, "--mode", "detach", "-o", "json"));

    assertThat(towpath.run("status", stopped, "--follow").exitCode()).isEqualTo(1);
    assertThat(towpath.run("status", left, "--follow").exitCode()).isEqualTo(1);
    assertThat(told(1, towpath.run("report", stopped)).path("outcome").asText())
        .isEqualTo("CANCELLED");
    assertThat(told(1, towpath.run("cancel", stopped, "-o", "json")).at("/failure/kind").asText())
        .isEqualTo("WRONG_STATE");
    assertThat(named(CANCEL, "cli-stop-")).isEqualTo(1);
    assertThat(named(CANCEL, "cli-leave-")).isZero();
  }

  @Test
  void an_operator_pauses_amends_and_ends_a_run_that_needs_attention() {
    String id = running("cli-stuck", Map.of("stuckAfter", "PT1S"));
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> status(id).path("attention").asText().equals("NEEDS_ATTENTION"));

    told(0, towpath.run("pause", id, "-o", "json"));
    assertThat(status(id).path("paused").asBoolean()).isTrue();
    told(0, towpath.run("resume", id, "-o", "json"));
    told(0, towpath.run("amend", id, "--max-parallel", "2", "-o", "json"));
    told(2, towpath.run("amend", id, "--max-parallel", "0", "-o", "json"));
    told(0, towpath.run("fail", id, "--reason", "no use", "-o", "json"));

    Result end = towpath.run("status", id, "--follow");
    assertThat(end.exitCode()).isEqualTo(1);
    assertThat(end.out()).contains("no use");
    assertThat(towpath.run("skip", id, "--reason", "late").exitCode()).isEqualTo(1);
  }

  @Test
  void the_printed_temporal_line_under_another_id_attaches_to_the_work(@TempDir Path folder)
      throws Exception {
    Map<String, Object> request = stack.request("cli-plain");
    JsonNode dry = told(0, towpath.on(request, "start", "--dry-run", "-o", "json"));
    assertThat(named(LAUNCH, "cli-plain-")).isZero();
    String id = dry.path("workflowId").asText();
    told(0, towpath.on(request, "start", "--wait", "-o", "json"));

    bash(folder, dry.path("temporalCommand").asText().replace("'" + id + "'", "anything"));
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> status("anything").path("temporal").asText().equals("COMPLETED"));

    assertThat(status("anything").path("outcome").asText()).isEqualTo("NOOP");
    assertThat(status("anything").path("businessKey").asText()).isEqualTo(id);
    assertThat(towpath.run("status", "anything").out()).doesNotContain("waiting");
    assertThat(named(LAUNCH, "cli-plain-")).isEqualTo(1);
  }

  @Test
  void wrong_input_starts_nothing_and_every_problem_is_listed() {
    Map<String, Object> request = stack.request("cli-wrong");
    request.put("manifest", Map.of("synId", stack.seed("synapse.brokenManifest")));
    int effects = effects();

    JsonNode sheet = told(2, towpath.on(request, "start", "-o", "json"));
    JsonNode misused = told(2, towpath.run("cancel", "--mode", "bogus", "-o", "json"));
    JsonNode unknown = told(2, towpath.run("status", "nothing/known", "-o", "json"));

    assertThat(sheet.at("/failure/details/problems")).hasSize(4);
    assertThat(misused.at("/failure/kind").asText()).isEqualTo("INPUT_REJECTED");
    assertThat(unknown.at("/failure/kind").asText()).isEqualTo("INPUT_REJECTED");
    assertThat(effects()).isEqualTo(effects);
  }

  @Test
  void screens_fit_into_80_columns() {
    Map<String, Object> request = stack.request("cli-wide");
    for (String[] words :
        List.of(
            new String[] {"doctor"},
            new String[] {"describe", "round-trip"},
            new String[] {"template", "round-trip"})) {
      assertThat(towpath.run(words).tooWide()).as(words[0]).isEmpty();
    }
    assertThat(towpath.on(request, "check").tooWide()).isEmpty();
    assertThat(towpath.on(request, "start", "--wait").tooWide()).isEmpty();
    assertThat(towpath.on(request, "start").out()).contains("NOOP").contains("done already");
  }

  /** The document of an answer with this exit code; there is never a stack trace. */
  private static JsonNode told(int exitCode, Result result) {
    assertThat(result.exitCode()).as(result.out() + result.err()).isEqualTo(exitCode);
    assertThat(result.err()).doesNotContain("\tat ");
    return result.json();
  }

  private static JsonNode status(String id) {
    return towpath.run("status", id, "-o", "json").json();
  }

  private static String running(String name) {
    return running(name, Map.of());
  }

  /** Starts a request whose run goes on for ten minutes, and waits until that is launched. */
  private static String running(String name, Map<String, Object> more) {
    plan(name + "-", "{\"status\":\"RUNNING\",\"forMs\":600000},{\"status\":\"SUCCEEDED\"}");
    Map<String, Object> request = new TreeMap<>(stack.request(name));
    request.put("runs", List.of(stack.run(name, more)));
    JsonNode started = told(0, towpath.on(request, "start", "-o", "json"));
    Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> named(LAUNCH, name + "-") == 1);
    return started.path("workflowId").asText();
  }

  private static void plan(String match, String steps) {
    stack.control(
        "POST",
        "/plans",
        "{\"platform\":\"seqera\",\"match\":\"" + match + "\",\"steps\":[" + steps + "]}");
  }

  private static int effects() {
    return stack.effects("", "").size();
  }

  private static long named(String route, String prefix) {
    return stack.effects("seqera", route).stream()
        .filter(effect -> effect.at("/object/name").asText().startsWith(prefix))
        .count();
  }

  /** Runs a line as a person would, with the Temporal command at hand. */
  private static void bash(Path folder, String line) throws IOException, InterruptedException {
    Path output = folder.resolve("output");
    ProcessBuilder shell = new ProcessBuilder("bash", "-c", line).redirectErrorStream(true);
    shell.redirectOutput(output.toFile());
    shell.environment().put("TEMPORAL_ADDRESS", towpath.address());
    shell
        .environment()
        .merge(
            "PATH",
            String.valueOf(TemporalCommand.find().getParent()),
            (old, ours) -> ours + ":" + old);
    int code = shell.start().waitFor();
    assertThat(code).as(Files.readString(output, StandardCharsets.UTF_8)).isZero();
  }
}
