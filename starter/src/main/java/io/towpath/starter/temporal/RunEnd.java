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
    Optional<String> outcome, Optional<Map<String, Object>> report, Optional<RunFailure> failure) {

  static RunEnd of(Map<String, Object> result) {
    return new RunEnd(
        Optional.of(String.valueOf(result.getOrDefault("outcome", "SUCCEEDED"))),
        Optional.of(result),
        Optional.empty());
  }

  static RunEnd of(RunFailure failure) {
    boolean named = failure.kind().equals("CANCELLED") || failure.kind().equals("PARTIAL");
    String outcome = named ? failure.kind() : "FAILED";
    return new RunEnd(Optional.of(outcome), Optional.empty(), Optional.of(failure));
  }

  /** The end of a run that never claimed its key: what refused it is no outcome of the work. */
  public RunEnd beforeClaim() {
    return failure.isPresent() && !outcome.equals(Optional.of("CANCELLED"))
        ? new RunEnd(Optional.empty(), report, failure)
        : this;
  }

  /** The same end with the ledger's report, which knows the outcome best. */
  public RunEnd with(Map<String, Object> otherReport) {
    Optional<String> recorded =
        Optional.ofNullable(otherReport.get("outcome")).map(String::valueOf);
    boolean noop = outcome.filter("NOOP"::equals).isPresent();
    return new RunEnd(
        noop ? outcome : recorded.or(() -> outcome), Optional.of(otherReport), failure);
  }

  /** Exit code of the command that waited for it. */
  public int exitCode() {
    if (failure.isPresent() && outcome.isEmpty()) {
      return ExitCode.beforeFirstEffect(failure.get().kind());
    }
    return ExitCode.ofOutcome(outcome.orElse("FAILED"));
  }
}
