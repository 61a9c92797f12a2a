package io.towpath.starter.command;

import io.towpath.starter.exit.Stop;
import io.towpath.starter.temporal.Runs;
import io.towpath.starter.temporal.SeenRun;
import io.towpath.starter.temporal.ShortWorkflows;
import io.towpath.starter.temporal.TemporalConnection;
import io.towpath.starter.temporal.Workers;
import io.towpath.workflows.ledger.LedgerView;
import io.towpath.workflows.progress.StatusView;
import java.util.Optional;

/** Finds out what is known of a workflow id: Temporal first, the run itself, then the ledger. */
final class StatusReading {
  private final TemporalConnection connection;
  private final Runs runs;
  private final ShortWorkflows workflows;
  private final Workers workers;

  StatusReading(TemporalConnection connection, Runs runs, ShortWorkflows workflows) {
    this.connection = connection;
    this.runs = runs;
    this.workflows = workflows;
    this.workers = new Workers(connection);
  }

  /** Ends the command when nobody knows the id. */
  StatusAnswer read(String workflowId) {
    Optional<SeenRun> seen = runs.find(workflowId);
    Optional<StatusView> view =
        workers.nobodyPolls()
            ? Optional.empty()
            : seen.flatMap(run -> runs.status(workflowId, run.runId()));
    if (view.isPresent() || seen.filter(SeenRun::running).isPresent()) {
      return new StatusAnswer(workflowId, seen, view, Optional.empty(), ended(seen));
    }
    Optional<LedgerView> ledger = seen.isPresent() ? looked(workflowId) : asked(workflowId);
    return new StatusAnswer(workflowId, seen, view, ledger, Optional.empty());
  }

  /** The outcome of a run that returned: one that only attached does not have it in its view. */
  private Optional<String> ended(Optional<SeenRun> seen) {
    return seen.filter(run -> run.status().equals("COMPLETED")).flatMap(runs::outcome);
  }

  private Optional<LedgerView> asked(String workflowId) {
    LedgerView ledger = workflows.look(workflowId);
    if (ledger.generation() == 0) {
      throw unknown(workflowId);
    }
    return Optional.of(ledger);
  }

  private Optional<LedgerView> looked(String workflowId) {
    try {
      return Optional.of(workflows.look(workflowId)).filter(view -> view.generation() > 0);
    } catch (Stop e) {
      return Optional.empty();
    }
  }

  Stop unknown(String workflowId) {
    return Stop.badInput(
        "nothing is known of \""
            + workflowId
            + "\": neither Temporal (namespace "
            + connection.namespace()
            + " at "
            + connection.address()
            + ") nor the ledger has it");
  }
}
