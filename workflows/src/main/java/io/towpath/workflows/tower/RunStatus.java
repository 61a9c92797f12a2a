package io.towpath.workflows.tower;

/** The platform's own words for a run's state. {@code UNKNOWN} recovers, so it is not an end. */
public enum RunStatus {
  SUBMITTED,
  RUNNING,
  SUCCEEDED,
  FAILED,
  CANCELLED,
  /** No heartbeat for a while, or a word that this version does not know. */
  UNKNOWN;

  /** Whether the run can no longer change. */
  public boolean ended() {
    return this == SUCCEEDED || this == FAILED || this == CANCELLED;
  }

  /** The status with this name; new words of the platform are {@link #UNKNOWN}, never an error. */
  public static RunStatus of(String word) {
    for (RunStatus status : values()) {
      if (status.name().equals(word)) {
        return status;
      }
    }
    return UNKNOWN;
  }
}
