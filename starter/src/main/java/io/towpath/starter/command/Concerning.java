package io.towpath.starter.command;

import io.towpath.starter.exit.ExitCode;
import io.towpath.starter.exit.Stop;
import io.towpath.starter.json.Json;
import io.towpath.starter.temporal.Runs;
import io.towpath.starter.temporal.TemporalConnection;
import io.towpath.starter.terminal.Surroundings;
import io.towpath.workflows.progress.StatusView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What commands share that are about one run, or about all runs that use a connection. */
final class Concerning {
  @ArgGroup(exclusive = true, multiplicity = "1")
  private Which which = new Which();

  @Mixin private AnswerForm form;

  /** One of both is given. */
  static final class Which {
    @Parameters(index = "0", paramLabel = "ID", description = "The workflow id.")
    private @Nullable String id;

    @Option(
        names = "--connection",
        paramLabel = "PLATFORM[/NAME]",
        description = "All running work that uses it: seqera, or seqera/lab.")
    private @Nullable String connection;
  }

  /** Tells one run; returns its answer. */
  interface Word {
    String to(Runs runs, String workflowId, Optional<String> connection);
  }

  boolean inJson() {
    return form.inJson();
  }

  /**
   * Tells the run, or each of the runs, and prints an answer for each.
   *
   * @param verb the command's word
   */
  int tell(Surroundings around, String verb, Word word) {
    Optional<String> connection = Optional.ofNullable(which.connection);
    try (TemporalConnection temporal = TemporalConnection.open(around.env())) {
      Runs runs = new Runs(temporal);
      if (connection.isEmpty()) {
        String holder = Telling.holder(around, temporal, runs, String.valueOf(which.id), verb);
        Telling.print(around, inJson(), verb, holder, word.to(runs, holder, Optional.empty()));
        return ExitCode.DONE;
      }
      return tellAll(around, runs, connection.get(), word);
    }
  }

  private int tellAll(Surroundings around, Runs runs, String connection, Word word) {
    List<Map<String, Object>> told = new ArrayList<>();
    List<String> silent = new ArrayList<>();
    runs.eachRunning(
        id -> {
          Optional<StatusView> view = runs.status(id, "");
          if (view.isEmpty()) {
            silent.add(id);
          } else if (uses(view.get(), connection)) {
            String said = answer(runs, id, connection, word);
            told.add(Map.of("workflowId", id, "answer", said));
            if (!inJson()) {
              around.answers().line(id + "  " + said);
            }
          }
        });
    if (inJson()) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("connection", connection);
      json.put("runs", told);
      json.put("silent", silent);
      around.answers().line(Json.document(json));
    } else if (told.isEmpty() && silent.isEmpty()) {
      around.answers().line("nothing that runs uses " + connection);
    }
    silent.forEach(
        id -> around.progress().line(id + "  no worker answers for it; give the command again"));
    return silent.isEmpty() ? ExitCode.DONE : ExitCode.UNREACHABLE;
  }

  /** A run under another id only waits for the one that works. */
  private static boolean uses(StatusView view, String connection) {
    return view.businessKey().equals(view.workflowId())
        && view.connections().stream()
            .anyMatch(used -> used.equals(connection) || used.startsWith(connection + "/"));
  }

  /** A run may end while the others are told. */
  private static String answer(Runs runs, String id, String connection, Word word) {
    try {
      return word.to(runs, id, Optional.of(connection));
    } catch (Stop stop) {
      return stop.text();
    }
  }
}
