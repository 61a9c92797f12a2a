package io.towpath.activities.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.towpath.activities.http.RateBudget.Window;
import io.towpath.workflows.failure.FailureKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How much of a quota is used while there is always work, in a time of the test's own. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(30)
class RateBudgetTest {
  private static final int MOST = 1_000;
  private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);
  private static final int LIMIT = 1_000;
  private static final int SHARE = 900;
  private static final int WINDOWS = 12;

  private final Clock clock = new Clock();
  private final Platform platform = new Platform();
  private final RateBudget budget = new RateBudget(SHARE, MOST, FIVE_MINUTES, 8, clock);

  /** Time that passes when somebody sleeps. */
  private static final class Clock implements RateBudget.Time {
    private long now;
    private boolean interrupting;

    @Override
    public long nanos() {
      return now;
    }

    @Override
    public void sleep(long nanos) throws InterruptedException {
      if (interrupting) {
        throw new InterruptedException();
      }
      pass(nanos);
    }

    void pass(long nanos) {
      now += Math.max(0, nanos);
    }
  }

  /** Counts calls in windows as Seven Bridges does: each begins with its first call. */
  private final class Platform {
    private final List<Integer> ours = new ArrayList<>();
    private long ends;
    private int used;
    private int refused;

    /** Admits a call, or refuses it; tells what is left. */
    Window call(boolean byUs) {
      if (clock.now >= ends) {
        ends = clock.now + FIVE_MINUTES.toNanos();
        used = 0;
        ours.add(0);
      }
      if (used == LIMIT) {
        refused++;
      } else {
        used++;
        ours.set(ours.size() - 1, ours.get(ours.size() - 1) + (byUs ? 1 : 0));
      }
      return new Window(LIMIT, LIMIT - used, Duration.ofNanos(ends - clock.now));
    }
  }

  /** Works without a break until so many windows are over, with people in between. */
  private void work(int callsPerPersonsCall) {
    for (int call = 1; platform.ours.size() <= WINDOWS; call++) {
      try {
        budget.acquire();
        budget.observe(platform.call(true));
        budget.release();
      } catch (PlatformException unsent) {
        clock.pass(unsent.retryAfter().orElseThrow().toNanos());
      }
      if (call % callsPerPersonsCall == 0) {
        platform.call(false);
      }
    }
  }

  @Test
  void all_of_our_share_is_used_in_each_window_and_nothing_is_refused() {
    work(Integer.MAX_VALUE);

    assertThat(platform.ours.subList(0, WINDOWS))
        .allMatch(calls -> calls >= SHARE * 95 / 100 && calls <= SHARE);
    assertThat(platform.refused).isZero();
  }

  @Test
  void people_who_call_in_between_are_never_refused() {
    work(10);

    assertThat(platform.refused).isZero();
    assertThat(platform.ours.subList(0, WINDOWS))
        .allMatch(calls -> calls >= (SHARE - LIMIT / 10) * 95 / 100);
  }

  @ParameterizedTest
  @CsvSource({"900, PT5M, 180", "600, PT1M, 120", "15, PT1S, 3", "60000, PT1M, 200"})
  void a_fifth_of_the_calls_may_come_together_and_the_rest_are_spread(
      int calls, Duration window, int together) {
    RateBudget any = new RateBudget(calls, MOST, window, 3, clock);

    turns(any, together);
    assertThat(clock.now).isZero();
    turns(any, 2);

    assertThat(clock.now).isEqualTo(2 * (window.toNanos() / calls));
  }

  @Test
  void no_window_has_more_calls_than_the_limit_wherever_it_begins() {
    int limit = 600;
    RateBudget synapse = new RateBudget(limit, MOST, Duration.ofMinutes(1), 3, clock);

    List<Long> sent = turns(synapse, 5 * limit);
    clock.pass(Duration.ofMinutes(10).toNanos());
    sent.addAll(turns(synapse, 2 * limit));

    for (int call = limit; call < sent.size(); call++) {
      assertThat(sent.get(call) - sent.get(call - limit))
          .as("call %s", call)
          .isGreaterThan(Duration.ofMinutes(1).toNanos());
    }
    assertThat(sent.get(5 * limit - 1))
        .as("98 % of the quota are used")
        .isLessThan(Duration.ofMinutes(5).multipliedBy(100).dividedBy(98).toNanos());
  }

  @Test
  void a_pause_is_waited_out_and_a_shorter_one_does_not_end_it() {
    budget.pause(Duration.ofSeconds(50));
    budget.pause(Duration.ofSeconds(5));

    turn(budget);

    assertThat(clock.now).isGreaterThan(Duration.ofSeconds(50).toNanos());
  }

  @Test
  void nobody_is_held_back_for_more_than_a_minute_and_who_is_not_sent_takes_no_place() {
    RateBudget narrow = new RateBudget(60, MOST, Duration.ofMinutes(1), 1, clock);
    narrow.pause(Duration.ofSeconds(60));

    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(narrow::acquire)
        .satisfies(e -> assertThat(e.retryAfter()).contains(Duration.ofSeconds(61)))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.PLATFORM_UNAVAILABLE))
        .withMessageContaining("another 61 s");
    assertThat(clock.now).isZero();

    clock.pass(Duration.ofSeconds(1).toNanos());
    turn(narrow);
    assertThat(clock.now).isEqualTo(Duration.ofSeconds(61).toNanos());
  }

  @Test
  void the_last_tenth_of_a_window_is_left_to_people() {
    budget.observe(new Window(LIMIT, LIMIT / 10 + 1, Duration.ofSeconds(30)));
    turn(budget);
    assertThat(clock.now).isZero();

    budget.observe(new Window(LIMIT, LIMIT / 10, Duration.ofSeconds(30)));
    turn(budget);
    assertThat(clock.now).isGreaterThan(Duration.ofSeconds(30).toNanos());
  }

  @Test
  void who_is_interrupted_before_a_turn_or_while_waiting_for_it_takes_no_place() {
    RateBudget narrow = new RateBudget(60, MOST, Duration.ofMinutes(1), 1, clock);

    Thread.currentThread().interrupt();
    interrupted(narrow);
    clock.interrupting = true;
    interrupted(narrow);
    clock.interrupting = false;

    turn(narrow);
  }

  @Test
  void a_turn_that_is_held_is_that_of_the_next_call_or_given_back() {
    RateBudget narrow = new RateBudget(60, MOST, Duration.ofMinutes(1), 1, clock);

    narrow.hold();
    narrow.pause(Duration.ofSeconds(50));
    turn(narrow);
    assertThat(clock.now).as("waited").isZero();
    narrow.drop();

    narrow.hold();
    narrow.drop();
    narrow.drop();
    turn(narrow);
    assertThat(clock.now).isGreaterThan(Duration.ofSeconds(50).toNanos());
  }

  /** It says so, and the thread knows it too. */
  private static void interrupted(RateBudget budget) {
    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(budget::acquire)
        .withMessageContaining("interrupted");
    assertThat(Thread.interrupted()).isTrue();
  }

  /** When each of so many calls, one after the other, went out. */
  private List<Long> turns(RateBudget budget, int calls) {
    List<Long> sent = new ArrayList<>();
    for (int call = 0; call < calls; call++) {
      turn(budget);
      sent.add(clock.now);
    }
    return sent;
  }

  private static void turn(RateBudget budget) {
    budget.acquire();
    budget.release();
  }
}
