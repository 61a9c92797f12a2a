package io.towpath.starter.exit;

import io.towpath.workflows.failure.FailureKind;

/** Exit codes of {@code towpath}, as interface.md section 2 fixes them. */
public final class ExitCode {
  public static final int DONE = 0;

  /** The run ended FAILED, PARTIAL or CANCELLED, or is in no state for what was asked of it. */
  public static final int FAILED = 1;

  public static final int BAD_INPUT = 2;
  public static final int UNREACHABLE = 3;
  public static final int CONFLICT = 4;

  /** A mistake of ours, the {@code EX_SOFTWARE} of sysexits.h. */
  public static final int OUR_FAULT = 70;

  private ExitCode() {}

  /** Code for an outcome word of a report; anything but a success is 1. */
  public static int ofOutcome(String outcome) {
    return switch (outcome) {
      case "SUCCEEDED", "SUCCEEDED_WITH_WARNINGS", "NOOP" -> DONE;
      default -> FAILED;
    };
  }

  /** Code for something that stopped before the first effect, by the failure type that said so. */
  public static int beforeFirstEffect(String failureType) {
    return switch (FailureKind.named(failureType, FailureKind.RUN_FAILED)) {
      case INPUT_REJECTED -> BAD_INPUT;
      case ACCESS_DENIED, PLATFORM_UNAVAILABLE, OUTCOME_UNKNOWN -> UNREACHABLE;
      case CONFLICT -> CONFLICT;
      case CHECKSUM_MISMATCH, STILL_RUNNING, RUN_FAILED, RUN_STUCK, PARTIAL, CLAIM_LOST -> FAILED;
    };
  }
}
