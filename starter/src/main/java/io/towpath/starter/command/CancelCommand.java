package io.towpath.starter.command;

import io.towpath.starter.exit.ExitCode;
import io.towpath.starter.exit.Stop;
import io.towpath.starter.json.Json;
import io.towpath.starter.temporal.Runs;
import io.towpath.starter.temporal.SeenRun;
import io.towpath.starter.temporal.ShortWorkflows;
import io.towpath.starter.temporal.TemporalConnection;
import io.towpath.starter.terminal.Surroundings;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Cancels a run, and with it what it started. */
@Command(
    name = "cancel",
    description = "Cancels a run and, unless detached, stops what it started on the platforms.",
    footer = {"", "Example: towpath cancel round-trip/syn51514475.3/rnaseq --mode stopExternal"})
public final class CancelCommand implements Callable<Integer>, Answering {
  private final Surroundings around;

  @Parameters(paramLabel = "ID", description = "The workflow id.")
  private String id;

  @Option(
      names = "--mode",
      defaultValue = "stopExternal",
      paramLabel = "stopExternal|detach",
      description = "Whether runs on the platforms are stopped too, or left alone.")
  private Mode mode;

  @Mixin private AnswerForm form;

  public CancelCommand(Surroundings around) {
    this.around = around;
  }

  /** The words of {@code --mode}. */
  enum Mode {
    stopExternal,
    detach
  }

  @Override
  public Integer call() {
    try (TemporalConnection connection = TemporalConnection.open(around.env())) {
      Runs runs = new Runs(connection);
      ShortWorkflows workflows = new Planning(around).shortWorkflows(connection);
      SeenRun run =
          runs.find(id)
              .orElseThrow(() -> new StatusReading(connection, runs, workflows).unknown(id));
      if (!run.running()) {
        throw Stop.wrongState(
            id
                + " is closed already ("
                + run.status()
                + run.closed().map(at -> " at " + at.truncatedTo(ChronoUnit.SECONDS)).orElse("")
                + "); there is nothing to cancel");
      }
      if (mode == Mode.detach) {
        runs.mustAnswer(run);
        runs.update(id, "detach");
      }
      runs.cancel(id, run.runId());
      print(run);
      return ExitCode.DONE;
    }
  }

  private void print(SeenRun run) {
    if (inJson()) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("workflowId", id);
      json.put("runId", run.runId());
      json.put("cancel", "requested");
      json.put("mode", mode.name());
      around.answers().line(Json.document(json));
      return;
    }
    String external =
        mode == Mode.detach
            ? "runs on the platforms are left alone"
            : "what it started on the platforms is being stopped";
    around
        .answers()
        .line(id + "  cancel requested; " + external + "\nwatch it with: towpath status " + id);
  }

  @Override
  public boolean inJson() {
    return form.inJson();
  }
}
