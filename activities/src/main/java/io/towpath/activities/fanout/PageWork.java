package io.towpath.activities.fanout;

import io.towpath.activities.http.PlatformException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One page under way: which items are taken, what they gave, and what failed. */
final class PageWork<I, O> {
  /** This many failures in a row that may pass, and the platform is taken to be down. */
  private static final int ROW_OF_FAILURES = 8;

  private final List<I> items;
  private final Function<I, O> work;
  private final boolean interrupts;
  private final Object[] results;
  private final Set<Thread> workers = new HashSet<>();
  private int taken;
  private int done;
  private int failed;
  private int failuresInARow;
  private int running;
  private boolean stopped;
  private @Nullable RuntimeException failure;
  private @Nullable Error error;

  /**
   * @param interrupts whether stopping ends what has begun
   */
  PageWork(List<I> items, Function<I, O> work, boolean interrupts) {
    this.items = items;
    this.work = work;
    this.interrupts = interrupts;
    this.results = new Object[items.size()];
  }

  synchronized void begin(ExecutorService threads) {
    running++;
    threads.execute(LogContext.carry(this::workUntilNothingIsLeft));
  }

  /** Waits until all workers ended, at most {@code atMost}; says whether they did. */
  synchronized boolean awaitEnd(Duration atMost) throws InterruptedException {
    long until = System.nanoTime() + atMost.toNanos();
    while (running > 0) {
      long left = until - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      wait(left / 1_000_000 + 1);
    }
    return true;
  }

  synchronized PageProgress progress() {
    return new PageProgress(done, items.size());
  }

  /** Interrupts what still runs and waits for its end: no byte is written after this returns. */
  void stop() {
    end();
    boolean interrupted = false;
    synchronized (this) {
      while (running > 0) {
        try {
          wait();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @SuppressWarnings("unchecked")
  synchronized List<O> results() {
    if (error != null) {
      throw error;
    }
    if (failure instanceof PlatformException first && failed > 1) {
      throw new PlatformException(
          first.kind(),
          failed + " of " + items.size() + " files failed; the first: " + first.getMessage(),
          first.status(),
          first.retryAfter(),
          first);
    }
    if (failure != null) {
      throw failure;
    }
    return (List<O>) Arrays.asList(results.clone());
  }

  private void workUntilNothingIsLeft() {
    try {
      started();
      for (Optional<Integer> next = take(); next.isPresent(); next = take()) {
        int item = next.get();
        try {
          succeeded(item, work.apply(items.get(item)));
        } catch (RuntimeException e) {
          failed(e);
        }
      }
    } catch (Error e) {
      broken(e);
    } finally {
      ended();
    }
  }

  private synchronized Optional<Integer> take() {
    return stopped || taken == items.size() ? Optional.empty() : Optional.of(taken++);
  }

  private synchronized void succeeded(int item, O result) {
    results[item] = result;
    done++;
    failuresInARow = 0;
  }

  private synchronized void failed(RuntimeException e) {
    if (stopped) {
      return;
    }
    failed++;
    failuresInARow++;
    boolean mayPass = e instanceof PlatformException platform && platform.kind().retryable();
    if (failure == null || !mayPass) {
      failure = e;
    }
    if (!mayPass || failuresInARow >= ROW_OF_FAILURES) {
      end();
    }
  }

  private synchronized void end() {
    stopped = true;
    if (interrupts) {
      workers.forEach(Thread::interrupt);
    }
  }

  private synchronized void broken(Error e) {
    error = e;
    stopped = true;
  }

  private synchronized void started() {
    workers.add(Thread.currentThread());
  }

  private synchronized void ended() {
    workers.remove(Thread.currentThread());
    running--;
    notifyAll();
  }
}
