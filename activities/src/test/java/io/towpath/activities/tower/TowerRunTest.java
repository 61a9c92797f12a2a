package io.towpath.activities.tower;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.towpath.activities.http.PlatformException;
import io.towpath.sandbox.control.Fault;
import io.towpath.sandbox.control.Plans;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.model.RunKey;
import io.towpath.workflows.tower.AwaitRun;
import io.towpath.workflows.tower.LaunchRequest;
import io.towpath.workflows.tower.ResolvedRun;
import io.towpath.workflows.tower.RunEvidence;
import io.towpath.workflows.tower.RunObservation;
import io.towpath.workflows.tower.RunRef;
import io.towpath.workflows.tower.RunStatus;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(60)
class TowerRunTest {
  private static final RunKey KEY = new RunKey("abcdefghijklm");
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration SHORT = Duration.ofMillis(100);

  @AutoClose private final SeqeraStandIn seqera = new SeqeraStandIn(Duration.ofMillis(200));

  @Test
  void a_run_from_launch_to_evidence_costs_at_most_eight_calls_beside_the_list() {
    seqera.resolved();
    seqera.resetCounts();

    RunRef run = seqera.tower.ensureRun(seqera.request(KEY));
    awaitEnd(run);
    RunEvidence evidence = seqera.tower.endRun(run, SeqeraStandIn.CLAIM).evidence();

    assertThat(evidence.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(evidence.sessionId()).isPresent();
    assertThat(evidence.commitId()).isPresent();
    assertThat(evidence.tasks().succeeded()).isPositive();
    assertThat(evidence.failedTasks()).isEmpty();
    assertThat(seqera.calls() - polls).isLessThanOrEqualTo(8);
  }

  @Test
  void the_launch_carries_what_was_resolved() {
    RunRef run = seqera.tower.ensureRun(seqera.request(KEY));

    JsonNode launch = seqera.lastLaunch();
    assertThat(launch.path("runName").asText()).isEqualTo(run.runName());
    assertThat(launch.path("revision").asText()).isEqualTo("1.0.0");
    assertThat(launch.path("commitId").asText()).hasSize(40);
    assertThat(launch.path("labelIds")).hasSize(1);
    assertThat(launch.path("preRunScript").asText()).endsWith("export A=1");
    assertThat(launch.path("paramsText").asText())
        .isEqualTo("{\"outdir\":\"s3://bucket/out/" + KEY + "/\"}");
    assertThat(launch.has("configText")).isFalse();
  }

  @Test
  void a_launch_makes_no_label_that_two_launchers_could_fight_over() {
    seqera.resetCounts();

    seqera.tower.ensureRun(seqera.request(KEY));

    assertThat(seqera.calls("POST /labels")).isZero();
    assertThat(seqera.lastLaunch().path("labelIds"))
        .extracting(JsonNode::asLong)
        .isEqualTo(seqera.resolved().labelIds());
  }

  @Test
  void a_launchpad_pipeline_is_launched_by_the_id_of_its_launch() {
    seqera.platform.seed().pipeline("reads", "", SeqeraStandIn.PIPELINE, "1.0.0");
    LaunchRequest request = onLaunchpad();

    seqera.tower.ensureRun(request);

    JsonNode launch = seqera.lastLaunch();
    assertThat(launch.path("id").asText()).isEqualTo(request.target().launchId().orElseThrow());
    assertThat(launch.has("labelIds")).as("left out, so that its own are inherited").isFalse();
  }

  @Test
  void a_run_whose_name_only_begins_alike_is_not_taken_for_ours() {
    LaunchRequest request = seqera.request(KEY);
    seqera.launchBeside(seqera.request(KEY, request.runName() + "-r1", Optional.empty()));

    seqera.tower.ensureRun(request);

    assertThat(seqera.launchedNames())
        .containsExactlyInAnyOrder(request.runName() + "-r1", request.runName());
  }

  @Test
  void a_resume_keeps_the_failed_runs_work_directory_and_commit_whatever_is_the_newest_now() {
    RunRef failed = failed();
    String workDir = seqera.lastLaunch().path("workDir").asText();
    LaunchRequest resume = seqera.request(KEY, "reads-" + KEY + "-r1", Optional.of(failed));

    RunRef second = seqera.tower.ensureRun(moved(resume));

    JsonNode launch = seqera.lastLaunch();
    RunEvidence first = seqera.tower.endRun(failed, SeqeraStandIn.CLAIM).evidence();
    assertThat(launch.path("resume").asBoolean()).isTrue();
    assertThat(launch.path("sessionId").asText()).isEqualTo(first.sessionId().orElseThrow());
    assertThat(launch.path("revision").asText()).isEqualTo(first.commitId().orElseThrow());
    assertThat(launch.path("workDir").asText()).startsWith(workDir);
    assertThat(launch.path("id").asText()).isNotEmpty();
    assertThat(seqera.tower.endRun(second, SeqeraStandIn.CLAIM).evidence().sessionId())
        .isEqualTo(first.sessionId());
  }

  @Test
  void a_run_that_still_goes_on_is_not_resumed() {
    seqera.plan("reads-" + KEY, SeqeraStandIn.step("RUNNING", HOUR));
    RunRef running = seqera.tower.ensureRun(seqera.request(KEY));

    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(
            () ->
                seqera.tower.ensureRun(
                    seqera.request(KEY, "reads-" + KEY + "-r1", Optional.of(running))))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.STILL_RUNNING));
    assertThat(seqera.launches()).hasSize(1);
  }

  @Test
  void a_run_that_never_began_is_launched_anew() {
    seqera.plan("reads-" + KEY, SeqeraStandIn.step("SUBMITTED", SHORT), end("FAILED", "{}"));
    RunRef failed = seqera.tower.ensureRun(seqera.request(KEY));
    awaitEnd(failed);

    seqera.tower.ensureRun(seqera.request(KEY, "reads-" + KEY + "-r1", Optional.of(failed)));

    assertThat(seqera.lastLaunch().has("sessionId")).isFalse();
  }

  @Test
  void failed_tasks_come_with_the_tails_of_their_logs() {
    RunEvidence evidence = seqera.tower.endRun(failed(), SeqeraStandIn.CLAIM).evidence();

    assertThat(evidence.status()).isEqualTo(RunStatus.FAILED);
    assertThat(evidence.errorMessage().orElseThrow()).contains("out of memory");
    assertThat(evidence.failedTasks())
        .singleElement()
        .satisfies(
            task -> {
              assertThat(task.process()).isEqualTo("ALIGN");
              assertThat(task.exit()).isEqualTo("137");
              assertThat(task.logTail()).contains("killed").doesNotContain("abcdef123456");
            });
  }

  @Test
  void a_full_workspace_is_waited_for() {
    seqera.strike(
        SeqeraStandIn.LAUNCH,
        1,
        new Fault(
            Fault.Kind.STATUS,
            0,
            0,
            400,
            Map.of(),
            Optional.of("{\"message\":\"Limit of 5 running workflows reached\"}"),
            ""));

    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> seqera.tower.ensureRun(seqera.request(KEY)))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.PLATFORM_UNAVAILABLE));
    seqera.tower.ensureRun(seqera.request(KEY));
    assertThat(seqera.launches()).hasSize(1);
  }

  @Test
  void a_deleted_run_is_not_launched_again_by_itself() {
    RunRef run = seqera.tower.ensureRun(seqera.request(KEY));
    RunKey other = new RunKey("bbbbbbbbbbbbb");
    seqera.ledger.recordId(SeqeraStandIn.CLAIM, "reads", other, "deleted");

    assertThat(seqera.tower.ensureRun(seqera.request(KEY))).isEqualTo(run);
    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> seqera.tower.ensureRun(seqera.request(other)))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.RUN_STUCK));
  }

  private long polls;

  private void awaitEnd(RunRef run) {
    AwaitRun ask = new AwaitRun(run, RunObservation.submitted(), HOUR, HOUR, HOUR);
    Awaitility.await()
        .atMost(20, TimeUnit.SECONDS)
        .pollInterval(SHORT)
        .until(
            () -> {
              polls++;
              try {
                return seqera.tower.awaitRun(ask).status().ended();
              } catch (PlatformException e) {
                return false;
              }
            });
    seqera.memory.forget();
  }

  private RunRef failed() {
    seqera.plan(
        "reads-" + KEY,
        SeqeraStandIn.step("RUNNING", SHORT),
        end(
            "FAILED",
            """
            {"errorMessage": "Process ALIGN was out of memory", "exitStatus": 1, "failedTasks": [
              {"name": "ALIGN (s1)", "process": "ALIGN", "tag": "s1", "exit": 137,
               "log": "align s1\\nGET https://host/x?X-Amz-Signature=abcdef123456\\nkilled"}]}
            """));
    RunRef run = seqera.tower.ensureRun(seqera.request(KEY));
    awaitEnd(run);
    return run;
  }

  private static Plans.Step end(String status, String detail) {
    try {
      return new Plans.Step(status, Duration.ZERO, new ObjectMapper().readTree(detail));
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private LaunchRequest onLaunchpad() {
    return at(seqera.request(KEY), seqera.tower.resolve(SeqeraStandIn.spec("reads")));
  }

  /** The same, but branch and environment have moved on since. */
  private static LaunchRequest moved(LaunchRequest request) {
    ResolvedRun now = request.target();
    return at(
        request,
        new ResolvedRun(
            now.workspaceId(),
            now.workspace(),
            now.pipeline(),
            now.launchId(),
            "main",
            Optional.of("0".repeat(40)),
            now.computeEnvId(),
            now.computeEnvName(),
            "s3://bucket/newer-work",
            now.preRunScript(),
            now.labelIds(),
            now.problems(),
            now.warnings()));
  }

  private static LaunchRequest at(LaunchRequest request, ResolvedRun target) {
    return new LaunchRequest(
        request.connection(),
        request.claim(),
        request.step(),
        request.key(),
        request.runName(),
        target,
        request.options(),
        request.resume(),
        false);
  }
}
