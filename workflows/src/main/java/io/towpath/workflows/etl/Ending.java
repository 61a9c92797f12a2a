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
 * @param preliminary whether it stopped well, and before the end: the next start goes on
 */
public record Ending(String outcome, Optional<FailureKind> kind, String why, boolean preliminary) {
  public static Ending succeeded(boolean withWarnings) {
    String outcome = withWarnings ? "SUCCEEDED_WITH_WARNINGS" : "SUCCEEDED";
    return new Ending(outcome, Optional.empty(), "", false);
  }

  public static Ending failed(FailureKind kind, String why) {
    String outcome = kind == FailureKind.PARTIAL ? "PARTIAL" : "FAILED";
    return new Ending(outcome, Optional.of(kind), why, false);
  }

  static Ending cancelled() {
    return new Ending("CANCELLED", Optional.empty(), "", false);
  }

  /** The same, before the end. */
  public Ending beforeTheEnd() {
    return new Ending(outcome, kind, why, well());
  }

  public boolean well() {
    return outcome.startsWith("SUCCEEDED");
  }
}
