package io.towpath.starter.command;

import io.towpath.starter.exit.ExitCode;
import io.towpath.starter.exit.Stop;
import io.towpath.starter.json.Json;
import io.towpath.starter.screen.ReportScreen;
import io.towpath.starter.temporal.RunEnd;
import io.towpath.starter.temporal.Runs;
import io.towpath.starter.temporal.SeenRun;
import io.towpath.starter.temporal.ShortWorkflows;
import io.towpath.starter.temporal.TemporalConnection;
import io.towpath.starter.temporal.Watch;
import io.towpath.starter.terminal.Surroundings;
import io.towpath.workflows.ledger.LedgerView;
import io.towpath.workflows.progress.StatusView;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints the report of a run that has ended, also long after Temporal forgot it. */
@Command(
    name = "report",
    description = "Prints the report of a run that has ended, from the ledger.",
    footer = {
      "",
      "Example: towpath report round-trip/syn51514475.3/rnaseq",
      "The exit code is 1 when the run ended FAILED, PARTIAL or CANCELLED."
    })
public final class ReportCommand implements Callable<Integer>, Answering {
  private final Surroundings around;

  @Parameters(paramLabel = "ID", description = "The workflow id.")
  private String id;

  @Option(
      names = {"-o", "--output"},
      defaultValue = "json",
      paramLabel = "text|json",
      description = "Form of the answer.")
  private Answer answer;

  public ReportCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    try (TemporalConnection connection = TemporalConnection.open(around.env())) {
      Runs runs = new Runs(connection);
      ShortWorkflows workflows = new Planning(around).shortWorkflows(connection);
      Optional<SeenRun> seen = runs.find(id);
      if (seen.filter(SeenRun::running).isPresent()) {
        throw Stop.wrongState(
            id + " is running; its report is written at its end: towpath status " + id);
      }
      Optional<String> key =
          seen.flatMap(run -> runs.status(id, run.runId())).map(StatusView::businessKey);
      LedgerView ledger = workflows.look(key.filter(k -> !k.isEmpty()).orElse(id));
      Map<String, Object> report =
          ledger
              .report()
              .or(() -> seen.flatMap(run -> temporals(runs, run)))
              .orElseThrow(() -> none(connection, runs, workflows, seen, ledger));
      return print(report);
    }
  }

  private int print(Map<String, Object> report) {
    around
        .answers()
        .line(inJson() ? Json.document(report) : ReportScreen.report(around.answers(), id, report));
    return ExitCode.ofOutcome(String.valueOf(report.getOrDefault("outcome", "SUCCEEDED")));
  }

  private Optional<Map<String, Object>> temporals(Runs runs, SeenRun run) {
    return new Watch(runs, id, run.runId(), view -> {}).untilEnded().report();
  }

  private Stop none(
      TemporalConnection connection,
      Runs runs,
      ShortWorkflows workflows,
      Optional<SeenRun> seen,
      LedgerView ledger) {
    if (seen.isEmpty() && ledger.generation() == 0) {
      return new StatusReading(connection, runs, workflows).unknown(id);
    }
    String how = seen.map(run -> " (" + run.status() + ")").orElse("");
    Optional<String> why =
        seen.map(run -> new Watch(runs, id, run.runId(), view -> {}).untilEnded())
            .flatMap(RunEnd::failure)
            .map(failure -> ": " + failure.kind() + " " + failure.message());
    return Stop.wrongState(id + " has no report" + how + why.orElse(""));
  }

  @Override
  public boolean inJson() {
    return answer != Answer.TEXT;
  }
}
