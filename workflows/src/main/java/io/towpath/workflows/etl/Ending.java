package io.towpath.workflows.etl;

import io.towpath.workflows.failure.FailureKind;
import java.util.Optional;

/**
 * How work ended.
 *
 * @param outcome {@code SUCCEEDED}, {@code SUCCEEDED_WITH_WARNINGS}, {@code PARTIAL}, {@code
 *     FAILED} or {@code CANCELLED}
 * @param kind who has to act next; empty after success and cancel
 * @param why what happened, in words
 */
public record Ending(String outcome, Optional<FailureKind> kind, String why) {
  public static Ending succeeded(boolean withWarnings) {
    String outcome = withWarnings ? "SUCCEEDED_WITH_WARNINGS" : "SUCCEEDED";
    return new Ending(outcome, Optional.empty(), "");
  }

  public static Ending failed(FailureKind kind, String why) {
    String outcome = kind == FailureKind.PARTIAL ? "PARTIAL" : "FAILED";
    return new Ending(outcome, Optional.of(kind), why);
  }

  static Ending cancelled() {
    return new Ending("CANCELLED", Optional.empty(), "");
  }

  public boolean well() {
    return outcome.startsWith("SUCCEEDED");
  }
}
