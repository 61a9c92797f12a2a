package io.towpath.activities.tower;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.sandbox.control.Fault;
import io.towpath.workflows.model.RunKey;
import io.towpath.workflows.tower.AwaitRun;
import io.towpath.workflows.tower.LaunchRequest;
import io.towpath.workflows.tower.RunObservation;
import io.towpath.workflows.tower.RunRef;
import io.towpath.workflows.tower.RunStatus;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(60)
class TowerCancelTest {
  private static final RunKey KEY = new RunKey("abcdefghijklm");
  private static final RunKey OTHER = new RunKey("abcdefghijkln");
  private static final Duration HOUR = Duration.ofHours(1);
  private static final String CANCEL = "POST /workflow/{workflowId}/cancel";

  @AutoClose private final SeqeraStandIn seqera = new SeqeraStandIn(Duration.ofMillis(400));

  @Test
  void every_run_of_the_key_is_cancelled_and_no_other() {
    RunRef first = running("reads-" + KEY, KEY);
    RunRef relaunch = running("reads-" + KEY + "-r2", KEY);
    RunRef other = running("reads-" + OTHER, OTHER);

    assertThat(seqera.tower.cancelByKey("default", seqera.workspace(), KEY, false))
        .containsExactlyInAnyOrder(first, relaunch);

    assertThat(status(first)).isEqualTo(RunStatus.CANCELLED);
    assertThat(status(relaunch)).isEqualTo(RunStatus.CANCELLED);
    assertThat(status(other)).isEqualTo(RunStatus.RUNNING);
  }

  @Test
  void cancelling_again_reports_the_same_and_cancels_nothing() {
    RunRef run = running("reads-" + KEY, KEY);
    seqera.tower.cancelByKey("default", seqera.workspace(), KEY, false);
    seqera.resetCounts();

    assertThat(seqera.tower.cancelByKey("default", seqera.workspace(), KEY, false))
        .containsExactly(run);
    assertThat(seqera.calls(CANCEL)).isZero();
  }

  @Test
  void an_unclear_send_that_commits_late_is_cancelled_too() {
    LaunchRequest request = seqera.request(KEY);
    seqera.plan(request.runName(), SeqeraStandIn.step("RUNNING", HOUR));
    seqera.strike(
        SeqeraStandIn.LAUNCH,
        1,
        new Fault(Fault.Kind.LATE_COMMIT, 700, 0, 500, java.util.Map.of(), Optional.empty(), ""));
    org.assertj.core.api.Assertions.assertThatException()
        .isThrownBy(() -> seqera.launchBeside(request));

    assertThat(seqera.tower.cancelByKey("default", seqera.workspace(), KEY, true))
        .extracting(RunRef::runName)
        .containsExactly(request.runName());
    assertThat(seqera.launches()).hasSize(1);
  }

  @Test
  void a_cancel_that_fails_once_is_repeated() {
    RunRef run = running("reads-" + KEY, KEY);
    seqera.strike(CANCEL, 1, SeqeraStandIn.status(500));

    assertThat(seqera.tower.cancelByKey("default", seqera.workspace(), KEY, false))
        .containsExactly(run);
    assertThat(status(run)).isEqualTo(RunStatus.CANCELLED);
  }

  @Test
  void a_double_is_cancelled_and_reported_and_the_awaited_run_stays() {
    RunRef kept = running("reads-" + KEY, KEY);
    String doubled = launchDouble("RUNNING");

    assertThat(seqera.tower.endRun(kept, SeqeraStandIn.CLAIM).doubles())
        .extracting(RunRef::workflowId)
        .containsExactly(doubled);
    assertThat(status(kept)).isEqualTo(RunStatus.RUNNING);
  }

  @Test
  void a_double_that_succeeded_wins_over_a_run_that_goes_on() {
    RunRef running = running("reads-" + KEY, KEY);
    launchDouble("SUCCEEDED");

    assertThat(seqera.tower.endRun(running, SeqeraStandIn.CLAIM).doubles())
        .containsExactly(running);
  }

  @Test
  void without_a_double_one_look_is_all() {
    RunRef run = running("reads-" + KEY, KEY);
    seqera.resetCounts();

    assertThat(seqera.tower.endRun(run, SeqeraStandIn.CLAIM).doubles()).isEmpty();
    assertThat(seqera.calls("GET /workflow")).isEqualTo(1);
  }

  @Test
  void a_run_is_found_by_its_platform_id() {
    RunRef run = running("reads-" + KEY, KEY);

    assertThat(seqera.tower.findById("default", seqera.workspace(), run.workflowId()))
        .contains(run);
    assertThat(seqera.tower.findById("default", seqera.workspace(), "nosuchrun")).isEmpty();
  }

  private RunRef running(String name, RunKey key) {
    seqera.plan(name, SeqeraStandIn.step("RUNNING", HOUR));
    return seqera.tower.ensureRun(seqera.request(key, name, Optional.empty()));
  }

  private String launchDouble(String status) {
    LaunchRequest request = seqera.request(KEY);
    seqera.plan(request.runName(), SeqeraStandIn.step(status, HOUR));
    return seqera.launchBeside(request);
  }

  private RunStatus status(RunRef run) {
    return seqera
        .tower
        .checkRun(new AwaitRun(run, RunObservation.submitted(), HOUR, HOUR, HOUR))
        .status();
  }
}
