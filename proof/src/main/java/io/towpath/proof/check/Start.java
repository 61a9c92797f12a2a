package io.towpath.proof.check;

import java.util.Set;

/**
 * A platform run that began.
 *
 * @param text of all calls that concern it
 * @param state the platform's own word for it; empty when the platform forgot it
 */
record Start(Entry entry, String text, String state) {
  private static final Set<String> ROUTES =
      Set.of(
          "seqera POST /workflow/launch",
          "sevenbridges POST /tasks/{id}/actions/run",
          "container POST /containers/{id}/start",
          "batch POST /v1/submitjob",
          "ecs RunTask");

  static boolean begins(Entry entry) {
    return ROUTES.contains(entry.platform() + " " + entry.route());
  }

  /** Whether it was stopped before its end, which a double has to be. */
  boolean cancelled() {
    return Set.of("CANCELLED", "ABORTED").contains(state);
  }

  /** Whether it may still compute, and be paid for. */
  boolean running() {
    return !Set.of("SUCCEEDED", "FAILED", "CANCELLED", "COMPLETED", "ABORTED", "exited", "dead", "")
        .contains(state);
  }
}
