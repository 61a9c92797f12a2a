package io.towpath.sandbox.aws;

import java.time.Instant;
import java.util.Optional;

/**
 * How a job or task stands at one moment.
 *
 * @param status the service's own word, or one of a plan
 * @param started when its program began; empty while it has not, and when it never did
 * @param exit empty while it runs, when it never ran, and when its host was lost
 * @param reason what went wrong; empty normally
 */
record Look(
    String status,
    Optional<Instant> started,
    Optional<Instant> stopped,
    Optional<Integer> exit,
    String reason) {
  boolean isOver() {
    return stopped.isPresent();
  }
}
