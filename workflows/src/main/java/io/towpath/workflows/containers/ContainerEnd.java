package io.towpath.workflows.containers;

import io.towpath.workflows.model.S3Uri;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How one container ended.
 *
 * @param externalId the executor's id of it
 * @param how what kind of end it was
 * @param exitCode the program's exit code; empty when it never ran or its host was lost
 * @param reason the executor's words, shortened; empty where it has none
 * @param log where all that it wrote lies, as far as it is kept; empty when it wrote nothing
 * @param logTail its last lines, at most 20 and 1,500 characters
 * @param ran from start to end; empty when it never ran
 * @param doubles ids of others with the same key, which were stopped; normally none
 */
public record ContainerEnd(
    String externalId,
    How how,
    Optional<Integer> exitCode,
    String reason,
    Optional<S3Uri> log,
    String logTail,
    Optional<Duration> ran,
    List<String> doubles) {
  public ContainerEnd {
    doubles = doubles == null ? List.of() : List.copyOf(doubles);
  }

  /** Kinds of ends; who retries decides by them. */
  public enum How {
    /** Exit code 0. */
    SUCCEEDED,
    /** Another exit code. */
    FAILED,
    /** Ended by a signal that speaks for too little memory: 137, or the executor says so. */
    OUT_OF_MEMORY,
    /** The executor ended it at its time-out. */
    TIMED_OUT,
    /** No exit code: not placed, image not pulled, host or spot capacity lost. */
    LOST,
    /** Stopped by us or by a person. */
    STOPPED
  }
}
