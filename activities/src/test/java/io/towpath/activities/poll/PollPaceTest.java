package io.towpath.activities.poll;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.failure.FailureKind;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PollPaceTest {
  private final PollPace pace = new PollPace(Duration.ofSeconds(15));

  @ParameterizedTest
  @CsvSource({
    "PT0S, PT15S",
    "PT2M, PT15S",
    "PT10M, PT1M",
    "PT40M, PT2M",
    "PT59M, PT2M",
    "PT60M, PT5M",
    "P3D, PT5M"
  })
  void the_interval_grows_with_the_age(Duration age, Duration interval) {
    assertThat(pace.interval(age)).isEqualTo(interval);
  }

  @Test
  void a_pause_differs_by_ten_percent_at_most_and_outlasts_what_is_fresh() {
    Duration minute = Duration.ofMinutes(1);
    for (int i = 0; i < 1_000; i++) {
      assertThat(PollPace.jittered(minute))
          .isBetween(Duration.ofSeconds(54), Duration.ofSeconds(66))
          .isGreaterThan(PollPace.freshFor(minute));
    }
  }

  @Test
  void who_shares_an_answer_asks_again_when_it_is_an_interval_old() {
    Duration minute = Duration.ofMinutes(1);
    for (int i = 0; i < 1_000; i++) {
      Duration asked = Duration.ofSeconds(i % 45);
      assertThat(asked.plus(PollPace.together(minute, asked)))
          .isBetween(Duration.ofSeconds(60), Duration.ofSeconds(66))
          .isLessThan(minute.plus(PollPace.freshFor(minute)));
    }
    assertThat(PollPace.together(minute, Duration.ofMinutes(2)))
        .as("never before now")
        .isBetween(Duration.ZERO, Duration.ofSeconds(6));
  }

  @Test
  void errors_stretch_the_pause_up_to_two_minutes() {
    assertThat(pace.afterErrors(0)).isEqualTo(Duration.ofSeconds(15));
    assertThat(pace.afterErrors(1)).isEqualTo(Duration.ofSeconds(30));
    assertThat(pace.afterErrors(100)).isEqualTo(Duration.ofMinutes(2));
  }

  @Test
  void a_wait_remembers_errors_and_the_last_change() {
    Instant begin = Instant.parse("2026-01-01T00:00:00Z");
    Instant later = begin.plusSeconds(60);
    PollState state = PollState.begin(begin).seen("RUNNING", "1/2", begin);

    assertThat(state.erred(later).erred(later.plusSeconds(5)).errors()).isEqualTo(2);
    assertThat(state.erred(later).erring(later.plusSeconds(5))).isEqualTo(Duration.ofSeconds(5));
    assertThat(state.seen("RUNNING", "1/2", later).unchanged(later))
        .isEqualTo(Duration.ofSeconds(60));
    assertThat(state.seen("RUNNING", "2/2", later).unchanged(later)).isZero();
    assertThat(state.seen("RUNNING", "", later).unchanged(later))
        .as("no word on the tasks is no change")
        .isEqualTo(Duration.ofSeconds(60));
    assertThat(state.erred(later).seen("RUNNING", "1/2", later).errors()).isZero();
  }

  @Test
  void what_still_runs_is_asked_again_after_its_delay() {
    PlatformException running = PollPace.stillRunning("run 7 is RUNNING", Duration.ofMillis(2_600));

    assertThat(running.kind()).isEqualTo(FailureKind.STILL_RUNNING);
    assertThat(running.retryAfter()).contains(Duration.ofMillis(2_600));
    assertThat(running).hasMessage("run 7 is RUNNING; asks again in 3 s");
    assertThat(PollPace.stillRunning("it", Duration.ofMillis(9))).hasMessageEndingWith(" 1 s");
  }

  @Test
  void a_wait_knows_its_age_and_whether_anything_moved() {
    Instant begin = Instant.parse("2026-01-01T00:00:00Z");
    Instant later = begin.plusSeconds(60);
    PollState state = PollState.begin(begin).seen("SUBMITTED", "", begin);

    assertThat(state.progressed()).as("the first word is no change").isFalse();
    assertThat(state.seen("SUBMITTED", "0/2", later).progressed()).isFalse();
    assertThat(state.seen("RUNNING", "", later).progressed()).isTrue();
    assertThat(state.seen("RUNNING", "", later).seen("RUNNING", "", later).progressed()).isTrue();
    assertThat(state.age(later)).isEqualTo(Duration.ofMinutes(1));
    assertThat(state.seen("SUBMITTED", "", later).inStatus(later)).isEqualTo(Duration.ofMinutes(1));
    assertThat(state.seen("RUNNING", "", later).inStatus(later)).isZero();
    assertThat(state.age(begin.minusSeconds(5))).as("a clock that was set back").isZero();
    assertThat(state.erring(later)).isZero();
  }
}
