package io.towpath.activities.fanout;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Works on the items of one page, several at a time, while the activity's own thread heartbeats.
 * Items must be safe to repeat: a page that failed is done again as a whole.
 */
public final class PageRunner implements AutoCloseable {
  private final ExecutorService threads;
  private final Duration beatEvery;

  /** Heartbeats every 5 seconds. */
  public PageRunner() {
    this(Duration.ofSeconds(5));
  }

  public PageRunner(Duration beatEvery) {
    AtomicInteger number = new AtomicInteger();
    this.threads =
        Executors.newCachedThreadPool(
            work -> {
              Thread thread = new Thread(work, "page-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    this.beatEvery = beatEvery;
  }

  /**
   * Returns what {@code work} made of each item, in the order of the items.
   *
   * <p>The first failure that repeating cannot mend stops the page at once; one that it can mend is
   * kept until the other items are done, so that a repeated page finds little left to do. When the
   * heartbeat throws, which is how Temporal cancels an activity, all work is interrupted and ended
   * before the exception goes on.
   *
   * @param atOnce items at a time
   * @param heartbeat called on the calling thread with the progress
   */
  public <I, O> List<O> run(
      List<I> items, int atOnce, Function<I, O> work, Consumer<PageProgress> heartbeat) {
    return run(new PageWork<>(items, work, true), Math.min(atOnce, items.size()), heartbeat);
  }

  /**
   * The same for work whose interruption would leave its outcome unclear: when the page stops, what
   * has begun comes to its end, which must not take long.
   */
  public <I, O> List<O> runToEnds(
      List<I> items, int atOnce, Function<I, O> work, Consumer<PageProgress> heartbeat) {
    return run(new PageWork<>(items, work, false), Math.min(atOnce, items.size()), heartbeat);
  }

  private <I, O> List<O> run(
      PageWork<I, O> page, int threadCount, Consumer<PageProgress> heartbeat) {
    try {
      for (int i = 0; i < threadCount; i++) {
        page.begin(threads);
      }
      while (!page.awaitEnd(beatEvery)) {
        heartbeat.accept(page.progress());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the worker is stopping", e);
    } finally {
      page.stop();
    }
    return page.results();
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
