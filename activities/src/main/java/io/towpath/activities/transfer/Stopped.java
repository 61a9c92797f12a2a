package io.towpath.activities.transfer;

import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.failure.FailureKind;

/** How work ends that was told to: the page is being cancelled, or another file of it failed. */
final class Stopped {
  private Stopped() {}

  /** Keeps the thread's interrupt for whoever waits next. */
  static PlatformException whileWaiting() {
    Thread.currentThread().interrupt();
    return new PlatformException(
        FailureKind.PLATFORM_UNAVAILABLE, "the transfer was stopped before it was complete");
  }

  static void check() {
    if (Thread.currentThread().isInterrupted()) {
      throw whileWaiting();
    }
  }
}
