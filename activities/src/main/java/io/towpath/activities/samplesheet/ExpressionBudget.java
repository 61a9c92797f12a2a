package io.towpath.activities.samplesheet;

import java.time.Duration;

/** Time for all expressions of a sheet; the activity that reads it has a few minutes. */
public final class ExpressionBudget {
  private static final Duration MOST = Duration.ofSeconds(60);

  private long spentNanos;

  /** Takes what went by since {@code begun}, a {@code System.nanoTime()}. */
  public void spendSince(long begun) {
    spentNanos += System.nanoTime() - begun;
  }

  public boolean exceeded() {
    return spentNanos > MOST.toNanos();
  }

  /** What there is to say then. */
  public static String told() {
    return "took longer than " + MOST.toSeconds() + " s";
  }
}
