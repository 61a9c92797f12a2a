package io.towpath.starter.temporal;

import io.towpath.starter.exit.ExitCode;
import java.util.Map;
import java.util.Optional;

/**
 * How a run ended, as Temporal tells it.
 *
 * @param outcome outcome word; empty for a run that was refused before it claimed its key
 * @param report its result, where Temporal keeps one
 * @param failure why, when it failed
 */
public record RunEnd(
    Optional<String> outcome,
    Optional<Map<String, Object>> report,
    Optional<RunFailure> failure) {

  static RunEnd of(Map<String, Object> result) {
    return new RunEnd(
        Optional.of(String.valueOf(result.getOrDefault("outcome", "SUCCEEDED"))),
        Optional.of(result),
        Optional.empty());
  }

  static RunEnd of(RunFailure failure) {
    Optional<String> outcome =
        switch (failure.kind()) {
          case "CANCELLED", "PARTIAL" -> Optional.of(failure.kind());
          case "CONFLICT", "INPUT_REJECTED" -> Optional.empty();
          default -> Optional.of("FAILED");
        };
    return new RunEnd(outcome, Optional.empty(), Optional.of(failure));
  }

  /** The same end with a report from elsewhere. */
  public RunEnd with(Map<String, Object> otherReport) {
    return new RunEnd(outcome, Optional.of(otherReport), failure);
  }

  /**
   * Exit code of the command that waited for it.
   *
   * @param generation 0 when the run ended before it had claimed its key
   */
  public int exitCode(int generation) {
    if (failure.isPresent() && (outcome.isEmpty() || generation == 0)) {
      return ExitCode.beforeFirstEffect(failure.get().kind());
    }
    return ExitCode.ofOutcome(outcome.orElse("FAILED"));
  }
}
