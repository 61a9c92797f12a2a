package io.towpath.workflows.tower;

import java.util.Optional;

/**
 * What was seen of a run.
 *
 * @param status its status; {@code UNKNOWN} that ended counts as FAILED
 * @param attention why a person should look, in the platform's words where it has any; empty
 *     normally
 * @param url where to watch it
 */
public record RunObservation(RunStatus status, Optional<String> attention, Optional<String> url) {
  /** What is known directly after the launch. */
  public static RunObservation submitted() {
    return new RunObservation(RunStatus.SUBMITTED, Optional.empty(), Optional.empty());
  }
}
