package io.towpath.activities.fanout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.failure.FailureKind;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(30)
final class PageRunnerTest {
  private final PageRunner runner = new PageRunner(Duration.ofMillis(20));

  @AfterEach
  void close() {
    runner.close();
  }

  @Test
  void results_come_in_the_order_of_the_items() {
    List<Integer> items = IntStream.range(0, 500).boxed().toList();

    assertThat(runner.run(items, 16, i -> i * 2, progress -> {}))
        .isEqualTo(items.stream().map(i -> i * 2).toList());
  }

  @Test
  void an_empty_page_is_done_at_once() {
    assertThat(runner.run(List.<Integer>of(), 4, i -> i, progress -> {})).isEmpty();
  }

  @Test
  void so_many_items_run_at_once_and_no_more() {
    CyclicBarrier four = new CyclicBarrier(4);
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();

    runner.run(
        IntStream.range(0, 40).boxed().toList(),
        4,
        i -> {
          most.accumulateAndGet(running.incrementAndGet(), Math::max);
          await(four);
          running.decrementAndGet();
          return i;
        },
        progress -> {});

    assertThat(most).hasValue(4);
  }

  @Test
  void a_failure_that_cannot_pass_stops_the_page() {
    AtomicInteger begun = new AtomicInteger();

    assertThatThrownBy(
            () ->
                runner.run(
                    IntStream.range(0, 1000).boxed().toList(),
                    1,
                    i -> {
                      begun.incrementAndGet();
                      throw new PlatformException(FailureKind.ACCESS_DENIED, "no");
                    },
                    progress -> {}))
        .hasMessage("no");
    assertThat(begun).hasValue(1);
  }

  @Test
  void a_failure_that_may_pass_lets_the_others_finish() {
    AtomicInteger done = new AtomicInteger();

    assertThatThrownBy(
            () ->
                runner.run(
                    IntStream.range(0, 100).boxed().toList(),
                    4,
                    i -> {
                      if (i % 50 == 0) {
                        throw new PlatformException(FailureKind.PLATFORM_UNAVAILABLE, "later " + i);
                      }
                      return done.incrementAndGet();
                    },
                    progress -> {}))
        .hasMessageContaining("2 of 100 files failed")
        .hasMessageContaining("the first: later ");
    assertThat(done).hasValue(98);
  }

  @Test
  void what_must_come_to_its_end_is_not_interrupted_when_the_page_stops() {
    CyclicBarrier both = new CyclicBarrier(2);
    CountDownLatch beat = new CountDownLatch(1);
    AtomicInteger ended = new AtomicInteger();

    assertThatThrownBy(
            () ->
                runner.runToEnds(
                    List.of(0, 1),
                    2,
                    i -> {
                      await(both);
                      if (i == 0) {
                        throw new PlatformException(FailureKind.ACCESS_DENIED, "no");
                      }
                      await(beat);
                      return ended.incrementAndGet();
                    },
                    progress -> beat.countDown()))
        .hasMessage("no");
    assertThat(ended).hasValue(1);
  }

  @Test
  void a_platform_that_is_down_is_not_asked_for_every_item() {
    AtomicInteger asked = new AtomicInteger();

    assertThatThrownBy(
            () ->
                runner.run(
                    IntStream.range(0, 1000).boxed().toList(),
                    1,
                    i -> {
                      asked.incrementAndGet();
                      throw new PlatformException(FailureKind.PLATFORM_UNAVAILABLE, "down");
                    },
                    progress -> {}))
        .hasMessageContaining("down");
    assertThat(asked).hasValueLessThan(20);
  }

  @Test
  void a_heartbeat_that_throws_ends_all_work_before_it_goes_on() {
    CountDownLatch never = new CountDownLatch(1);
    AtomicInteger working = new AtomicInteger();

    assertThatThrownBy(
            () ->
                runner.run(
                    IntStream.range(0, 10).boxed().toList(),
                    3,
                    i -> {
                      working.incrementAndGet();
                      try {
                        never.await();
                      } catch (InterruptedException e) {
                        throw new IllegalStateException("interrupted", e);
                      } finally {
                        working.decrementAndGet();
                      }
                      return i;
                    },
                    progress -> {
                      throw new UnsupportedOperationException("cancelled");
                    }))
        .hasMessage("cancelled");
    assertThat(working).hasValue(0);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
