package io.towpath.activities.transfer;

import io.towpath.activities.fanout.LogContext;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Work on another thread that can be stopped for sure: once {@link #stop} returns, nothing of it
 * runs any more and its buffer may be used again. A cancelled {@code Future} does not promise that.
 */
final class Task<T> {
  private final CountDownLatch end = new CountDownLatch(1);
  private @Nullable Thread thread;
  private boolean stopped;
  private @Nullable T result;
  private @Nullable Throwable failure;

  private Task() {}

  static <T> Task<T> begin(ExecutorService threads, Supplier<T> work) {
    Task<T> task = new Task<>();
    threads.execute(LogContext.carry(() -> task.run(work)));
    return task;
  }

  /** Waits for the end, and throws here what was thrown there. */
  T result() {
    try {
      end.await();
    } catch (InterruptedException e) {
      throw Stopped.whileWaiting();
    }
    if (failure instanceof RuntimeException exception) {
      throw exception;
    }
    if (failure instanceof Error error) {
      throw error;
    }
    if (result == null) {
      throw Stopped.whileWaiting();
    }
    return result;
  }

  /** Interrupts the work and waits until it ended. */
  void stop() {
    interrupt();
    finish();
  }

  /** Waits until the work ended; interrupts it when the waiting thread is interrupted. */
  void finish() {
    boolean interrupted = false;
    while (true) {
      try {
        end.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
        interrupt();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void interrupt() {
    stopped = true;
    if (thread != null) {
      thread.interrupt();
    }
  }

  private void run(Supplier<T> work) {
    try {
      if (enter()) {
        result = work.get();
      }
    } catch (RuntimeException | Error e) {
      failure = e;
    } finally {
      leave();
      end.countDown();
    }
  }

  private synchronized boolean enter() {
    thread = Thread.currentThread();
    return !stopped;
  }

  private synchronized void leave() {
    thread = null;
  }
}
