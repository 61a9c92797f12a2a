package io.towpath.worker;

import com.fasterxml.jackson.databind.JsonNode;
import io.temporal.client.WorkflowStub;
import io.towpath.proof.check.Expectation;
import java.util.Map;

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

  /** What is asked for; of a workflow type that is called as {@link #etl}. */
  Map<String, Object> request();

  /** Starts it under its own id. */
  default WorkflowStub start() {
    return stack().start(etl(), workflowId(), request());
  }

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
   * @param report what the work told at its end; missing when it told nothing
   */
  Expectation asked(long since, JsonNode report);

  /** What the work told at its end. */
  default JsonNode told() {
    return stack().result(workflowId());
  }

  /** Whether the same request may be started again, and has to change nothing then. */
  default boolean repeatable() {
    return true;
  }
}
