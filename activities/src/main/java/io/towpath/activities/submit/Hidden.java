package io.towpath.activities.submit;

import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.failure.FailureKind;

/** A name is taken, and the look-up does not show by what yet: looking again will tell. */
public final class Hidden {
  private Hidden() {}

  public static PlatformException because(PlatformException refused) {
    return new PlatformException(
        FailureKind.OUTCOME_UNKNOWN,
        refused.getMessage() + "; but it is not to be found yet",
        refused.status(),
        refused.retryAfter(),
        refused);
  }
}
