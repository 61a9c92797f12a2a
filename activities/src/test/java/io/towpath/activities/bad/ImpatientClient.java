package io.towpath.activities.bad;

import io.temporal.activity.Activity;

/** A client that asks Temporal something. */
final class ImpatientClient {
  int attempt() {
    return Activity.getExecutionContext().getInfo().getAttempt();
  }
}
