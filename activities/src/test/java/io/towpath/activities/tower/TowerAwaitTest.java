package io.towpath.activities.tower;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.towpath.activities.http.PlatformException;
import io.towpath.sandbox.control.Fault;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.model.RunKey;
import io.towpath.workflows.tower.AwaitRun;
import io.towpath.workflows.tower.RunObservation;
import io.towpath.workflows.tower.RunRef;
import io.towpath.workflows.tower.RunStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(30)
class TowerAwaitTest {
  private static final Duration LONG = Duration.ofHours(1);
  private static final RunKey KEY = new RunKey("abcdefghijklm");
  private static final String LIST = "GET /workflow";

  @AutoClose private final SeqeraStandIn seqera = new SeqeraStandIn(Duration.ofMillis(50));

  @Test
  void while_the_run_goes_on_the_attempt_says_so_and_when_it_asks_again() {
    RunRef run = seqera.planned("RUNNING");

    PlatformException e = stillRunning(ask(run, LONG));

    assertThat(e).hasMessageContaining(run.runName()).hasMessageContaining("asks again in");
    assertThat(e.retryAfter().orElseThrow()).isPositive();
  }

  @Test
  void the_end_is_returned_with_the_place_to_watch() {
    RunRef run = seqera.planned("SUCCEEDED");

    RunObservation seen = seqera.tower.awaitRun(ask(run, LONG));

    assertThat(seen.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(seen.attention()).isEmpty();
    assertThat(seen.url().orElseThrow())
        .endsWith("/orgs/towpath-demo/workspaces/showcase/watch/" + run.workflowId());
  }

  @Test
  void a_word_that_is_not_known_is_no_end() {
    RunRef run = seqera.planned("HIBERNATING");

    assertThat(stillRunning(ask(run, LONG))).hasMessageContaining("UNKNOWN");
  }

  @Test
  void unknown_for_too_long_needs_attention_once_and_recovers() {
    RunRef run = seqera.planned("UNKNOWN");
    AwaitRun impatient = ask(run, Duration.ZERO);
    seqera.memory.keep(
        new io.towpath.activities.poll.PollState(0, 0, 0, "UNKNOWN", 0, "", 0, false));

    RunObservation seen = seqera.tower.awaitRun(impatient);

    assertThat(seen.status()).isEqualTo(RunStatus.UNKNOWN);
    assertThat(seen.attention()).isPresent();
    seqera.memory.forget();
    stillRunning(new AwaitRun(run, seen, LONG, LONG, LONG));

    RunRef recovered = seqera.planned("RUNNING");
    RunObservation cleared = seqera.tower.awaitRun(new AwaitRun(recovered, seen, LONG, LONG, LONG));
    assertThat(cleared.attention()).isEmpty();
  }

  @Test
  void submitted_and_running_without_change_for_too_long_need_attention() {
    RunRef waiting = seqera.planned("SUBMITTED");
    RunObservation seen =
        seqera.tower.awaitRun(
            new AwaitRun(waiting, RunObservation.submitted(), Duration.ZERO, LONG, LONG));
    assertThat(seen.attention().orElseThrow()).contains("SUBMITTED");

    seqera.memory.forget();
    RunRef stalled = seqera.planned("RUNNING");
    AwaitRun ask = new AwaitRun(stalled, RunObservation.submitted(), LONG, Duration.ZERO, LONG);
    Awaitility.await()
        .atMost(10, TimeUnit.SECONDS)
        .ignoreExceptionsInstanceOf(PlatformException.class)
        .untilAsserted(
            () ->
                assertThat(seqera.tower.awaitRun(ask).attention().orElseThrow())
                    .contains("no task"));
  }

  @Test
  void errors_within_the_budget_are_waited_out_and_beyond_it_shown() {
    RunRef run = seqera.planned("RUNNING");
    seqera.strike(LIST, 1_000, SeqeraStandIn.status(500));
    seqera.resetCounts();

    List<PlatformException> waits = new ArrayList<>();
    RunObservation seen = untilNews(ask(run, LONG), waits);

    assertThat(waits).hasSize(4);
    assertThat(seen.attention().orElseThrow()).startsWith("cannot be asked").contains("500");
    stillRunning(new AwaitRun(run, seen, LONG, LONG, LONG));
  }

  @Test
  void an_answer_after_errors_clears_the_attention() {
    RunRef run = seqera.planned("RUNNING");
    RunObservation known =
        new RunObservation(
            RunStatus.RUNNING, Optional.of("cannot be asked: HTTP 500"), Optional.empty());

    RunObservation seen = seqera.tower.awaitRun(new AwaitRun(run, known, LONG, LONG, LONG));

    assertThat(seen.attention()).isEmpty();
    assertThat(seen.status()).isEqualTo(RunStatus.RUNNING);
  }

  @Test
  void a_run_that_vanished_needs_a_decision() {
    RunRef gone = new RunRef("default", seqera.workspace(), "nosuchrun", "reads-" + KEY);

    RunObservation seen = untilNews(ask(gone, LONG), new ArrayList<>());

    assertThat(seen.attention().orElseThrow()).startsWith("vanished").contains("adopt");
  }

  @Test
  void many_waiting_runs_share_one_list() {
    List<RunRef> runs = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      runs.add(seqera.planned("RUNNING"));
    }
    seqera.resetCounts();

    for (RunRef run : runs) {
      seqera.memory.keep(old());
      stillRunning(ask(run, LONG));
    }

    assertThat(seqera.calls(LIST)).isEqualTo(1);
    assertThat(seqera.calls("GET /workflow/{workflowId}")).isZero();
  }

  @Test
  void a_check_asks_once_for_this_run_alone() {
    RunRef run = seqera.planned("RUNNING");
    seqera.resetCounts();

    assertThat(seqera.tower.checkRun(ask(run, LONG)).status()).isEqualTo(RunStatus.RUNNING);

    assertThat(seqera.calls(LIST)).isZero();
    assertThat(seqera.calls("GET /workflow/{workflowId}")).isEqualTo(1);
  }

  @Test
  void a_throttle_that_goes_on_is_waited_out() {
    RunRef run = seqera.planned("RUNNING");
    seqera.strike(
        LIST,
        2,
        new Fault(
            Fault.Kind.STATUS,
            0,
            0,
            429,
            java.util.Map.of("Retry-After", "2"),
            Optional.empty(),
            ""));

    assertThat(stillRunning(ask(run, LONG)).retryAfter()).contains(Duration.ofSeconds(2));
  }

  /** A wait that has gone on for an hour, so that its interval is long. */
  private static io.towpath.activities.poll.PollState old() {
    long begin = System.currentTimeMillis() - Duration.ofHours(1).toMillis();
    return new io.towpath.activities.poll.PollState(
        begin, 0, begin, "RUNNING", begin, "", System.currentTimeMillis(), false);
  }

  private AwaitRun ask(RunRef run, Duration limit) {
    return new AwaitRun(run, RunObservation.submitted(), LONG, LONG, limit);
  }

  private PlatformException stillRunning(AwaitRun request) {
    PlatformException[] thrown = new PlatformException[1];
    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> seqera.tower.awaitRun(request))
        .satisfies(
            e -> {
              assertThat(e.kind()).isEqualTo(FailureKind.STILL_RUNNING);
              thrown[0] = e;
            });
    return thrown[0];
  }

  private RunObservation untilNews(AwaitRun request, List<PlatformException> waits) {
    while (true) {
      try {
        return seqera.tower.awaitRun(request);
      } catch (PlatformException e) {
        assertThat(e.kind()).isEqualTo(FailureKind.STILL_RUNNING);
        waits.add(e);
      }
    }
  }
}
