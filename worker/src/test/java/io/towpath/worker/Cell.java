package io.towpath.worker;

import io.temporal.client.WorkflowStub;
import io.towpath.proof.check.Expectation;

/** One piece of work of a matrix, under a name that marks all its calls. */
interface Cell {
  /** Makes cells of one kind; those of one factory do the same work, each under its own name. */
  interface Kind {
    Cell named(String name);
  }

  Stack stack();

  /** The kind of ETL, as records of the proof call it. */
  String etl();

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

  /**
   * What the platforms have to show, told to somebody who knows nothing of this code; asked after
   * the end.
   *
   * @param since the journal's newest entry before the start
   */
  Expectation asked(long since);

  /** Whether the same request may be started again, and has to change nothing then. */
  default boolean repeatable() {
    return true;
  }
}
