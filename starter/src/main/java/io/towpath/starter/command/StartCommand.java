package io.towpath.starter.command;

import io.towpath.starter.exit.ExitCode;
import io.towpath.starter.exit.Stop;
import io.towpath.starter.json.Json;
import io.towpath.starter.request.RequestFile;
import io.towpath.starter.screen.PlanScreen;
import io.towpath.starter.temporal.RunEnd;
import io.towpath.starter.temporal.TemporalConnection;
import io.towpath.starter.terminal.Surroundings;
import io.towpath.workflows.plan.Plan;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts a request, or returns the run that has it. */
@Command(
    name = "start",
    description = "Starts a request, attaches to the run that has it, or says that it is done.",
    footer = {
      "",
      "Example: towpath start round-trip -f request.yaml --wait",
      "Exit codes: 0 done or started, 1 the run ended FAILED, PARTIAL or CANCELLED,",
      "2 bad input, 3 a platform or Temporal is not reachable or refuses, 4 CONFLICT."
    })
public final class StartCommand implements Callable<Integer>, Answering {
  private final Surroundings around;

  @Mixin private RequestOptions request;

  @Option(names = "--wait", description = "Wait for the end, showing progress.")
  private boolean wait;

  @Option(
      names = "--dry-run",
      description = "Print what would be staged, submitted and indexed; start nothing.")
  private boolean dryRun;

  @Option(
      names = "--rerun",
      paramLabel = "ifFailed|always|never",
      description = "When finished work is done again, as a new generation.")
  private @Nullable RerunWord rerun;

  @Option(
      names = "--take-over",
      description = "Your word that a holder in another namespace is dead.")
  private boolean takeOver;

  @Mixin private AnswerForm form;

  public StartCommand(Surroundings around) {
    this.around = around;
  }

  /** The words of {@code --rerun}. */
  enum RerunWord {
    ifFailed,
    always,
    never
  }

  @Override
  public Integer call() {
    RequestFile file = request.read(around.in());
    Plan plan = new Planning(around).plan(request.kind(), file.name(), flagged(file.request()));
    if (dryRun) {
      return dryRun(plan);
    }
    try (TemporalConnection connection = TemporalConnection.open(around.env())) {
      return print(new Launching(around, connection).launch(plan, flagged(plan.request()), wait));
    }
  }

  private int dryRun(Plan plan) {
    Planning.refuseConflict(plan);
    String command = TemporalCommandLine.start(plan, flagged(plan.request()));
    if (inJson()) {
      Map<String, Object> json = StartAnswer.planned(plan);
      json.put("temporalCommand", command);
      around.answers().line(Json.document(json));
    } else {
      around.answers().line(PlanScreen.dryRun(plan, command));
    }
    return ExitCode.DONE;
  }

  private int print(StartAnswer started) {
    if (inJson()) {
      around.answers().line(Json.document(started.asJson()));
    } else {
      around.answers().line(StartScreen.text(started));
    }
    return started.end().map(RunEnd::exitCode).orElse(ExitCode.DONE);
  }

  private Map<String, Object> flagged(Map<String, Object> given) {
    Map<String, Object> flagged = new LinkedHashMap<>(given);
    if (rerun != null) {
      flagged.put("rerun", rerun.name());
    }
    if (takeOver) {
      flagged.put("takeOver", true);
    }
    return flagged;
  }

  @Override
  public boolean inJson() {
    return form.inJson();
  }

  @Override
  public Map<String, Object> stopped(Stop stop) {
    return StartAnswer.refused(request.kindName(), stop.asFailure());
  }
}
