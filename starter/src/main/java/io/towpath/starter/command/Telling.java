package io.towpath.starter.command;

import io.towpath.starter.exit.ExitCode;
import io.towpath.starter.exit.Stop;
import io.towpath.starter.json.Json;
import io.towpath.starter.temporal.Runs;
import io.towpath.starter.temporal.SeenRun;
import io.towpath.starter.temporal.ShortWorkflows;
import io.towpath.starter.temporal.TemporalConnection;
import io.towpath.starter.terminal.Surroundings;
import io.towpath.workflows.progress.StatusView;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** What all commands share that tell a run something by an update. */
final class Telling {
  @Parameters(index = "0", paramLabel = "ID", description = "The workflow id.")
  private String id;

  @Mixin private AnswerForm form;

  String id() {
    return id;
  }

  boolean inJson() {
    return form.inJson();
  }

  /** Sends the update to the run that does the work, and prints its answer. */
  int tell(Surroundings around, String update, Object... arguments) {
    try (TemporalConnection connection = TemporalConnection.open(around.env())) {
      Runs runs = new Runs(connection);
      String holder = holder(around, connection, runs, id, update);
      print(around, inJson(), update, holder, runs.update(holder, update, arguments));
      return ExitCode.DONE;
    }
  }

  /** The id of the run that does the work; ends the command when nothing runs or answers. */
  static String holder(
      Surroundings around, TemporalConnection connection, Runs runs, String id, String verb) {
    ShortWorkflows workflows = new Planning(around).shortWorkflows(connection);
    SeenRun run =
        runs.find(id).orElseThrow(() -> new StatusReading(connection, runs, workflows).unknown(id));
    if (!run.running()) {
      throw Stop.wrongState(
          id + " is closed (" + run.status() + "); " + verb + " changes running work only");
    }
    StatusView view = runs.mustAnswer(run);
    return view.businessKey().isEmpty() ? id : view.businessKey();
  }

  static void print(
      Surroundings around, boolean inJson, String update, String holder, String said) {
    if (inJson) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("workflowId", holder);
      json.put("update", update);
      json.put("answer", said);
      around.answers().line(Json.document(json));
    } else {
      around.answers().line(holder + "  " + update + ": " + said);
    }
  }
}
