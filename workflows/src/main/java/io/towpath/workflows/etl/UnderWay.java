package io.towpath.workflows.etl;

import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Promise;
import java.util.Collection;

/**
 * Calls that go on beside others. Whoever is cut short waits for them, cancelled as they are:
 * nothing is started behind the clean-up, and nothing is written behind the report.
 */
public final class UnderWay {
  private UnderWay() {}

  /** Returns when all have ended, however. */
  public static void awaitEnd(Collection<? extends Promise<?>> calls) {
    for (Promise<?> call : calls) {
      try {
        call.get();
      } catch (TemporalFailure ended) {
        // judged by whoever takes its result
      }
    }
  }
}
