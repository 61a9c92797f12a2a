package io.towpath.worker;

import io.temporal.client.WorkflowStub;

/** One piece of work of a matrix, under a name that marks all its calls. */
interface Cell {
  /** Makes cells of one kind; those of one factory do the same work, each under its own name. */
  interface Kind {
    Cell named(String name);
  }

  /** A pattern that the bodies of this cell's calls match, and those of no other. */
  String calls();

  String workflowId();

  WorkflowStub start();

  /**
   * Waits for the end and counts the effects.
   *
   * @return of the report and of what lies on the platforms
   */
  Essence outcome(WorkflowStub run);

  default Essence run() {
    return outcome(start());
  }
}
