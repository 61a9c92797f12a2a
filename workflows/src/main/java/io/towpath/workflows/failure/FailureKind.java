package io.towpath.workflows.failure;

/**
 * Why something failed, named for whoever must act next. The name is the Temporal failure type, so
 * {@code temporal workflow list} and alerts can filter on it.
 */
public enum FailureKind {
  /** The input was refused, by us or by a platform; the submitter must change it. */
  INPUT_REJECTED(false),
  /** A platform refused the credentials or a right is missing; the operator must repair it. */
  ACCESS_DENIED(false),
  /**
   * No answer, a throttle or a server error to a call that changed nothing; trying again is safe.
   */
  PLATFORM_UNAVAILABLE(true),
  /** A call that changes something got no clear answer; look before sending it again. */
  OUTCOME_UNKNOWN(true),
  /** Bytes do not match the checksum that the source states. */
  CHECKSUM_MISMATCH(true),
  /** Nothing failed: the remote run has not ended yet. */
  STILL_RUNNING(true),
  /** The platform's run ended without success; the evidence is in the report. */
  RUN_FAILED(false),
  /** A run makes no progress and nobody decided what to do about it. */
  RUN_STUCK(false),
  /** The key is taken by other work: another spec digest or another holder. */
  CONFLICT(false),
  /** A part of the items failed; the report names them. */
  PARTIAL(false),
  /** The claim passed to another holder; this run must stop without further effects. */
  CLAIM_LOST(false);

  private final boolean retryable;

  FailureKind(boolean retryable) {
    this.retryable = retryable;
  }

  /** Whether Temporal repeats the activity attempt that failed so. */
  public boolean retryable() {
    return retryable;
  }

  /** The kind with this name, or {@code fallback} for failure types that are not ours. */
  public static FailureKind named(String type, FailureKind fallback) {
    for (FailureKind kind : values()) {
      if (kind.name().equals(type)) {
        return kind;
      }
    }
    return fallback;
  }
}
