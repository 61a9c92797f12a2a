package io.towpath.starter.command;

import io.towpath.starter.json.Json;
import io.towpath.starter.screen.ReportScreen;
import io.towpath.starter.screen.Screen;
import io.towpath.starter.screen.StageLines;
import io.towpath.starter.screen.StatusScreen;
import io.towpath.starter.temporal.LedgerLook;
import io.towpath.starter.temporal.RunEnd;
import io.towpath.starter.temporal.Runs;
import io.towpath.starter.temporal.SeenRun;
import io.towpath.starter.temporal.ShortWorkflows;
import io.towpath.starter.temporal.TemporalConnection;
import io.towpath.starter.temporal.Watch;
import io.towpath.starter.terminal.Surroundings;
import io.towpath.workflows.progress.StatusView;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows where a run stands. */
@Command(
    name = "status",
    description = "Shows where a run stands, stage by stage, and what it waits for.",
    footer = {
      "",
      "Example: towpath status round-trip/syn51514475.3/rnaseq --follow",
      "The exit code is 1 when the run has ended FAILED, PARTIAL or CANCELLED."
    })
public final class StatusCommand implements Callable<Integer>, Answering {
  private final Surroundings around;

  @Parameters(paramLabel = "ID", description = "The workflow id.")
  private String id;

  @Option(names = "--follow", description = "Go on showing changes until the run ends.")
  private boolean follow;

  @Option(
      names = {"-o", "--output"},
      defaultValue = "text",
      paramLabel = "text|json|jsonl",
      description = "Form of the answer; jsonl with --follow is one line per change.")
  private Answer answer;

  public StatusCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    if (follow) {
      around.interruption().says("interrupted; look again with:\n  towpath status " + id);
    }
    try (TemporalConnection connection = TemporalConnection.open(around.env())) {
      Runs runs = new Runs(connection);
      ShortWorkflows workflows = new Planning(around).shortWorkflows(connection);
      StatusReading reading = new StatusReading(connection, runs, workflows);
      StatusAnswer first = reading.read(id);
      Optional<SeenRun> running = first.seen().filter(SeenRun::running);
      if (!follow || running.isEmpty()) {
        around.interruption().says("");
        return print(first);
      }
      RunEnd end = followed(runs, running.get().runId());
      around.interruption().says("");
      if (answer == Answer.TEXT) {
        return printEnd(new LedgerLook(workflows), end, first.view());
      }
      return print(reading.read(id));
    }
  }

  private RunEnd followed(Runs runs, String runId) {
    around.interruption().says(Launching.reattach(id));
    Watch watch = new Watch(runs, id, runId, shower());
    return watch.untilEnded();
  }

  private Consumer<StatusView> shower() {
    return switch (answer) {
      case TEXT -> new StageLines(around.answers())::show;
      case JSON -> view -> {};
      case JSONL -> new Changes(around.answers());
    };
  }

  private int print(StatusAnswer status) {
    Screen screen = around.answers();
    switch (answer) {
      case TEXT ->
          StatusScreen.lines(screen, id, status.seen(), status.view(), status.outcome())
              .forEach(screen::line);
      case JSON -> screen.line(Json.document(status.asJson()));
      case JSONL -> screen.line(Json.line(status.asJson()));
    }
    return status.exitCode();
  }

  private int printEnd(LedgerLook ledger, RunEnd end, Optional<StatusView> view) {
    int generation = view.map(StatusView::generation).orElse(0);
    String key = view.map(StatusView::businessKey).filter(k -> !k.isEmpty()).orElse(id);
    RunEnd complete = ledger.completed(key, end, generation);
    around.answers().line(ReportScreen.ended(id, generation, complete));
    return complete.exitCode();
  }

  /** Prints one line of JSON per change. */
  private static final class Changes implements Consumer<StatusView> {
    private final Screen screen;
    private @Nullable StatusView shown;

    Changes(Screen screen) {
      this.screen = screen;
    }

    @Override
    public void accept(StatusView view) {
      if (!view.equals(shown)) {
        shown = view;
        screen.line(Json.line(view));
      }
    }
  }

  @Override
  public boolean inJson() {
    return answer != Answer.TEXT;
  }
}
