package io.towpath.activities.tower;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.towpath.activities.http.PlatformException;
import io.towpath.activities.poll.PollState;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.tower.AwaitRun;
import io.towpath.workflows.tower.RunObservation;
import io.towpath.workflows.tower.RunRef;
import io.towpath.workflows.tower.RunStatus;
import io.towpath.workflows.tower.WatcherActivities.News;
import io.towpath.workflows.tower.WatcherActivities.Watch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(30)
class WatcherTest {
  private static final Duration WHILE = Duration.ofHours(4);
  private static final String LIST = "GET /workflow";
  private static final String ONE = "GET /workflow/{workflowId}";

  @AutoClose private final SeqeraStandIn seqera = new SeqeraStandIn(Duration.ofMillis(50));
  private final List<RunRef> followed = new ArrayList<>();
  private final TowerActivitiesImpl tower = seqera.tower(run -> followed.add(run));

  @Test
  void a_wait_that_is_left_to_a_watcher_asks_four_times_within_its_limit_and_each_hour() {
    RunRef running = seqera.planned("RUNNING");
    RunRef submitted = seqera.planned("SUBMITTED");

    assertThat(pause(running, WHILE)).isBetween(Duration.ofMinutes(54), Duration.ofMinutes(66));
    assertThat(pause(running, Duration.ofHours(9)))
        .isBetween(Duration.ofMinutes(54), Duration.ofMinutes(66));
    assertThat(pause(submitted, Duration.ofHours(2)))
        .isBetween(Duration.ofMinutes(27), Duration.ofMinutes(33));
    assertThat(followed).containsExactly(running, running, submitted);
  }

  @Test
  void a_long_wait_that_is_left_to_a_watcher_asks_when_it_is_half_as_old_again() {
    RunRef run = seqera.planned("RUNNING");
    long begun = System.currentTimeMillis() - Duration.ofHours(8).toMillis();
    PollState state = new PollState(begun, 0, begun, "RUNNING", begun, "1/2", begun, true);

    seqera.memory.keep(state);
    assertThat(left(run, Duration.ofDays(1)))
        .isBetween(Duration.ofMinutes(216), Duration.ofMinutes(264));
    seqera.memory.keep(state);
    assertThat(left(run, Duration.ofHours(12)))
        .as("four times within the limit all the same")
        .isBetween(Duration.ofMinutes(162), Duration.ofMinutes(198));
  }

  @Test
  void a_run_that_somebody_should_look_at_is_asked_for_as_without_a_watcher() {
    RunRef run = seqera.planned("SUBMITTED");
    RunObservation shown =
        new RunObservation(
            RunStatus.SUBMITTED, Optional.of("has not begun: for hours"), Optional.empty());
    AwaitRun ask = new AwaitRun(run, shown, Duration.ZERO, WHILE, WHILE);

    PlatformException still =
        catchThrowableOfType(PlatformException.class, () -> tower.awaitRun(ask));
    assertThat(still.retryAfter().orElseThrow()).isLessThan(Duration.ofMinutes(5));
    assertThat(followed).isEmpty();
  }

  @Test
  void a_run_that_the_platform_lost_sight_of_is_asked_for_by_who_waits() {
    assertThat(pause(seqera.planned("UNKNOWN"), WHILE)).isLessThan(Duration.ofMinutes(5));
    assertThat(followed).isEmpty();
  }

  @Test
  void one_list_tells_of_all_and_only_what_is_news_is_told() {
    List<String> runs =
        List.of(id("RUNNING"), id("SUCCEEDED"), id("SUBMITTED"), id("UNKNOWN"), id("FAILED"));
    seqera.resetCounts();

    News news = seqera.watcher().awaitNews(watch(runs));

    assertThat(news.runIds()).containsExactly(runs.get(1), runs.get(3), runs.get(4));
    assertThat(news.outage()).isEmpty();
    assertThat(seqera.calls(LIST)).isEqualTo(1);
    assertThat(seqera.calls(ONE)).isZero();
  }

  @Test
  void a_run_that_is_not_there_is_news() {
    List<String> runs = List.of(id("RUNNING"), "neverWas");

    assertThat(seqera.watcher().awaitNews(watch(runs)).runIds()).containsExactly("neverWas");
  }

  @Test
  void without_news_the_attempt_says_how_many_go_on() {
    Watch watch = watch(List.of(id("RUNNING"), id("SUBMITTED")));

    PlatformException still =
        catchThrowableOfType(PlatformException.class, () -> seqera.watcher().awaitNews(watch));

    assertThat(still.kind()).isEqualTo(FailureKind.STILL_RUNNING);
    assertThat(still).hasMessageContaining("2 runs go on");
    assertThat(seqera.memory.recall()).isEmpty();
  }

  @Test
  void an_outage_is_told_after_five_errors_whatever_the_platform_answers() {
    RunRef run = seqera.planned("RUNNING");
    Watch watch = watch(List.of(run.workflowId()));
    seqera.strike(LIST, 1_000, SeqeraStandIn.status(401));
    seqera.strike(ONE, 1_000, SeqeraStandIn.status(401));
    WatcherActivitiesImpl watcher = seqera.watcher();

    for (int errors = 1; errors < 5; errors++) {
      assertThat(catchThrowableOfType(PlatformException.class, () -> watcher.awaitNews(watch)))
          .hasMessageContaining("no answer " + errors + " times");
    }
    News news = watcher.awaitNews(watch);
    assertThat(news.runIds()).isEmpty();
    assertThat(news.outage().orElseThrow()).contains("401");

    AwaitRun ask = new AwaitRun(run, RunObservation.submitted(), WHILE, WHILE, WHILE);
    assertThat(tower.checkRun(ask)).as("who is woken").isEqualTo(ask.known());
  }

  private Duration pause(RunRef run, Duration limit) {
    seqera.memory.forget();
    return left(run, limit);
  }

  /** How long the wait of what is remembered rests. */
  private Duration left(RunRef run, Duration limit) {
    AwaitRun ask = new AwaitRun(run, RunObservation.submitted(), limit, limit, limit);
    PlatformException still =
        catchThrowableOfType(PlatformException.class, () -> tower.awaitRun(ask));
    assertThat(still.kind()).isEqualTo(FailureKind.STILL_RUNNING);
    return still.retryAfter().orElseThrow();
  }

  private Watch watch(List<String> runs) {
    return new Watch("default", seqera.workspace(), runs, System.currentTimeMillis());
  }

  private String id(String status) {
    return seqera.planned(status).workflowId();
  }
}
