package io.towpath.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.temporal.client.WorkflowStub;
import io.temporal.worker.WorkerFactory;
import io.temporal.workflow.Workflow;
import io.towpath.sandbox.SandboxOptions;
import io.towpath.worker.telemetry.Telemetry;
import io.towpath.workflows.TaskQueues;
import io.towpath.workflows.progress.StatusView;
import io.towpath.workflows.scan.ManifestScanWorkflow;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
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

/** Versions of the worker beside and after each other, on a real server; runs are in flight. */
@Tag("devserver")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class UpgradeIT {
  @TempDir Path folder;
  private ServerProcess server;
  private Stack stack;
  private CommandLine towpath;

  @BeforeEach
  void start() throws IOException {
    server = ServerProcess.start(folder);
    stack = Stack.withoutWorker(SandboxOptions.forTests(), TemporalUnderTest.at(server.address()));
    towpath = new CommandLine(server.address());
  }

  @AfterEach
  void stop() {
    stack.close();
    server.close();
  }

  @Test
  void a_run_stays_with_its_version_and_new_ones_get_the_current_one() throws IOException {
    try (TowpathWorker old = worker("1.0")) {
      makeCurrent("1.0");
      WorkflowStub earlier = paused("earlier");

      try (TowpathWorker next = worker("2.0")) {
        makeCurrent("2.0");
        WorkflowStub later = stack.start(stack.request("later"));
        JsonNode report = stack.report(later);
        await(
            () ->
                assertThat(running("TemporalWorkerDeploymentVersion = 'towpath:1.0'"))
                    .contains(earlier.getExecution().getWorkflowId()));
        resume(earlier);

        assertThat(report.path("outcome").asText()).isEqualTo("SUCCEEDED");
        assertThat(stack.report(earlier).path("outcome").asText()).isEqualTo("SUCCEEDED");
        assertThat(buildOf(earlier)).isEqualTo("1.0");
        assertThat(buildOf(later)).isEqualTo("2.0");
        assertThat(stack.effects("seqera", "POST /workflow/launch")).hasSize(2);
        assertThat(List.of(old.polls(), next.polls())).containsOnly(true);
      }
    }
  }

  @Test
  void a_run_whose_version_is_gone_is_moved_to_the_current_one() throws IOException {
    WorkflowStub run;
    try (TowpathWorker old = worker("1.0")) {
      makeCurrent("1.0");
      run = paused("moved");
      assertThat(old.polls()).isTrue();
    }

    try (TowpathWorker next = worker("2.0")) {
      makeCurrent("2.0");
      temporal(
          "workflow update-options --versioning-override-behavior auto_upgrade --workflow-id "
              + run.getExecution().getWorkflowId());
      resume(run);

      assertThat(stack.report(run).path("outcome").asText()).isEqualTo("SUCCEEDED");
      assertThat(stack.effects("seqera", "POST /workflow/launch")).hasSize(1);
      assertThat(next.polls()).isTrue();
    }
  }

  @TestFactory
  @Tag("proof")
  List<DynamicTest> one_request_that_many_start_while_versions_change_is_done_once() {
    return AtOnce.oneByOne(Map.of("starts while versions change", this::startsWhileVersionsChange));
  }

  private void startsWhileVersionsChange() {
    try (TowpathWorker old = worker("1.0");
        TowpathWorker next = worker("2.0")) {
      makeCurrent("1.0");
      RaceCell.Way changing =
          (work, number) -> {
            if (number == 0) {
              makeCurrent("2.0");
            }
            return RaceCell.underAnyId(work, number);
          };
      List<RaceCell.Way> ways =
          List.of(changing, RaceCell::underItsKey, RaceCell::asRerun, RaceCell::byScan);
      Cell work = RoundTripCell.small(stack).named("versions");
      List<String> what = List.of("12 starts at once while versions change");
      Trial.of(new RaceCell(work, ways, 12), "race", what).run();

      assertThat(List.of(old.polls(), next.polls())).containsOnly(true);
    }
  }

  @Test
  void a_version_that_nobody_made_current_is_told_with_the_command_that_does() throws IOException {
    try (TowpathWorker worker = worker("1.0")) {
      String remedy = "set-current-version --yes --deployment-name towpath --build-id 1.0";
      await(() -> assertThat(words(towpath.run("doctor").out())).contains(remedy));
      CommandLine.Result check = towpath.on(stack.request("nobody"), "check");
      assertThat(check.exitCode()).isEqualTo(3);
      assertThat(words(check.err())).contains(remedy);

      temporal("worker deployment " + remedy);

      await(
          () ->
              assertThat(words(towpath.run("doctor").out()))
                  .contains("--deployment-name towpath --build-id 1.0 gets new runs"));
      assertThat(towpath.on(stack.request("somebody"), "check").exitCode()).isZero();
      assertThat(worker.polls()).isTrue();
    }
  }

  @Test
  void before_a_deploy_the_histories_of_a_server_are_replayed_against_the_build() {
    try (TowpathWorker worker = worker()) {
      WorkflowStub over = stack.start(stack.request("over"));
      String finished = over.getExecution().getWorkflowId();
      stack.report(over);
      String inFlight = paused("flying").getExecution().getWorkflowId();
      await(
          () ->
              assertThat(replay("EtlKind = 'round-trip'"))
                  .contains("ok     " + finished + "  COMPLETED,")
                  .contains("ok     " + inFlight + "  RUNNING,")
                  .endsWith("2 replayed\n"));
      assertThat(replay("EtlKind = 'unheard-of'")).isEqualTo("no workflow of ours matches\n");
      CommandLine.Result misspelt = towpath.run("replay", "--from-server", "EtlKind is nothing");
      assertThat(misspelt.exitCode()).isEqualTo(2);
      assertThat(misspelt.err()).contains("EtlKind is nothing").doesNotContain("\tat ");
      assertThat(worker.polls()).isTrue();
    }
  }

  @Test
  void a_run_that_the_build_cannot_go_on_with_is_told() {
    WorkerFactory another = WorkerFactory.newInstance(stack.client());
    another.newWorker(TaskQueues.WORKFLOWS).registerWorkflowImplementationTypes(EarlierScan.class);
    another.start();
    WorkflowStub run = stack.start(ManifestScanWorkflow.TYPE, "an-earlier-scan", Map.of());
    await(() -> assertThat(stack.historyText(run)).contains("TIMER_STARTED"));

    await(
        () -> {
          CommandLine.Result replayed =
              towpath.run("replay", "--from-server", "WorkflowType = 'manifest-scan'");
          assertThat(replayed.exitCode()).as(replayed.err()).isEqualTo(1);
          assertThat(replayed.out())
              .contains("FAILS  an-earlier-scan  [TMPRL1100] ")
              .endsWith("1 of 1 do not replay\n");
        });
    another.shutdownNow();
  }

  /** What a scan might have done in a build that nobody remembers. */
  public static final class EarlierScan implements ManifestScanWorkflow {
    @Override
    public Map<String, Object> run(Map<String, Object> request) {
      Workflow.sleep(Duration.ofDays(1));
      return request;
    }

    @Override
    public StatusView status() {
      throw new IllegalStateException("nobody asks");
    }

    @Override
    public Map<String, Object> spec() {
      return Map.of();
    }
  }

  private String replay(String query) {
    CommandLine.Result replayed = towpath.run("replay", "--from-server", query);
    assertThat(replayed.exitCode()).as(replayed.out() + replayed.err()).isZero();
    return replayed.out();
  }

  /** A run that an operator holds before its first launch. */
  private WorkflowStub paused(String name) {
    CommandLine.Result started = towpath.on(stack.request(name), "start", "-o", "json");
    assertThat(started.exitCode()).as(started.err()).isZero();
    String id = started.json().path("workflowId").asText();
    assertThat(towpath.run("pause", id).exitCode()).isZero();
    return stack.client().newUntypedWorkflowStub(id);
  }

  private void resume(WorkflowStub run) {
    CommandLine.Result told = towpath.run("resume", run.getExecution().getWorkflowId());
    assertThat(told.exitCode()).as(told.err()).isZero();
  }

  private static String buildOf(WorkflowStub run) {
    return run.describe()
        .getRawDescription()
        .getWorkflowExecutionInfo()
        .getVersioningInfo()
        .getDeploymentVersion()
        .getBuildId();
  }

  private TowpathWorker worker(String build) {
    return worker(Map.of("TOWPATH_BUILD_ID", build));
  }

  private TowpathWorker worker() {
    return worker(Map.of());
  }

  private TowpathWorker worker(Map<String, String> more) {
    Map<String, String> environment = new TreeMap<>(stack.env());
    environment.putAll(Stack.FAST);
    environment.putAll(more);
    return TowpathWorker.start(stack.client(), Stack.settings(environment), Telemetry.none());
  }

  /** A version is unknown until its first poll. */
  private void makeCurrent(String build) {
    await(
        () ->
            temporal(
                "worker deployment set-current-version --yes --deployment-name towpath --build-id "
                    + build));
  }

  private String temporal(String words) throws IOException {
    return TemporalCommand.run(server.address(), Arrays.asList(words.split(" ", -1)));
  }

  private String running(String query) throws IOException {
    return TemporalCommand.run(
        server.address(),
        List.of("workflow", "list", "--query", "ExecutionStatus = 'Running' AND " + query));
  }

  /** What a person reads, without the line breaks. */
  private static String words(String shown) {
    return shown.replaceAll("\\s+", " ");
  }

  private static void await(ThrowingRunnable condition) {
    Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(condition);
  }
}
