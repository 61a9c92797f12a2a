package io.towpath.worker.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.towpath.activities.poll.PollMemory;
import io.towpath.activities.poll.PollState;
import io.towpath.worker.telemetry.WaitingRuns.Wait;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The oldest run of each state, and the longest row of questions without an answer. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WaitingRunsTest {
  private static final Wait YOUNG = new Wait("seqera", "young");
  private static final Wait OLD = new Wait("seqera", "old");

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private Instant now = Instant.parse("2026-11-30T00:00:00Z");
  private final WaitingRuns runs = new WaitingRuns(new Forgetful(), meters, () -> now);

  private static final class Forgetful implements PollMemory {
    @Override
    public Optional<PollState> recall() {
      return Optional.empty();
    }

    @Override
    public void keep(PollState state) {}
  }

  @Test
  void the_oldest_run_of_a_state_is_shown() {
    PollState old = PollState.begin(now).seen("RUNNING", "", now);
    pass(Duration.ofMinutes(10));
    runs.note(OLD, old);
    runs.note(YOUNG, PollState.begin(now).seen("RUNNING", "", now));
    assertThat(age("RUNNING")).isEqualTo(600);
    runs.over(OLD);
    assertThat(age("RUNNING")).isZero();
  }

  @Test
  void a_run_that_moves_on_leaves_its_state() {
    PollState begun = PollState.begin(now).seen("SUBMITTED", "", now);
    runs.note(OLD, begun);
    pass(Duration.ofMinutes(1));
    runs.note(OLD, begun.seen("RUNNING", "", now));
    assertThat(age("SUBMITTED")).isZero();
    assertThat(age("RUNNING")).isEqualTo(60);
  }

  @Test
  void the_longest_row_of_errors_is_shown_until_an_answer_comes() {
    PollState erring = PollState.begin(now).erred(now).erred(now);
    runs.note(OLD, erring);
    runs.note(YOUNG, PollState.begin(now).erred(now));
    assertThat(errors()).isEqualTo(2);
    runs.note(OLD, erring.seen("RUNNING", "", now));
    assertThat(errors()).isEqualTo(1);
  }

  @Test
  void a_run_that_another_worker_asks_about_is_forgotten() {
    runs.note(OLD, PollState.begin(now).seen("RUNNING", "", now));
    pass(Duration.ofMinutes(13));
    assertThat(age("RUNNING")).isZero();
  }

  @Test
  void a_run_is_known_through_the_pause_that_its_platform_asks_for_and_no_longer() {
    runs.note(OLD, PollState.begin(now).seen("RUNNING", "", now));
    runs.asksAgain(OLD, Duration.ofMinutes(30));
    pass(Duration.ofMinutes(30));
    assertThat(age("RUNNING")).isEqualTo(1_800);
    pass(Duration.ofMinutes(2));
    assertThat(age("RUNNING")).isZero();
  }

  @Test
  void words_of_a_platform_cannot_make_series_without_end() {
    for (int i = 0; i < 1_000; i++) {
      runs.note(OLD, PollState.begin(now).seen("STATE" + i, "", now));
    }
    assertThat(meters.getMeters()).hasSizeLessThan(100);
  }

  private void pass(Duration time) {
    now = now.plus(time);
  }

  private double age(String state) {
    return value(meters.find("towpath.external.run.age").tag("state", state).gauge());
  }

  private double errors() {
    return value(meters.find("towpath.poll.errors.consecutive").gauge());
  }

  private static double value(@Nullable Gauge gauge) {
    return Objects.requireNonNull(gauge).value();
  }
}
