package io.towpath.activities.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.activities.http.RateBudget.Window;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** How much of a quota is used while there is always work, in a time of the test's own. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RateBudgetTest {
  private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);
  private static final int LIMIT = 1_000;
  private static final int SHARE = 900;
  private static final int WINDOWS = 12;

  private final Clock clock = new Clock();
  private final Platform platform = new Platform();
  private final RateBudget budget = new RateBudget(SHARE, FIVE_MINUTES, 8, clock);

  /** Time that passes when somebody sleeps. */
  private static final class Clock implements RateBudget.Time {
    private long now;

    @Override
    public long nanos() {
      return now;
    }

    @Override
    public void sleep(long nanos) {
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
}
