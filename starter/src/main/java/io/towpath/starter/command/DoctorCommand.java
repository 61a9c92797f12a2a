package io.towpath.starter.command;

import io.towpath.starter.exit.ExitCode;
import io.towpath.starter.exit.Stop;
import io.towpath.starter.json.Json;
import io.towpath.starter.screen.Listing;
import io.towpath.starter.temporal.ServerChecks;
import io.towpath.starter.temporal.TemporalConnection;
import io.towpath.starter.terminal.Surroundings;
import io.towpath.workflows.model.Check;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Looks at settings, connections, versions and rights, and names all problems at once. */
@Command(
    name = "doctor",
    description = "Looks at settings, connections, versions and rights: all problems at once.",
    footer = {"", "Example: towpath doctor", "The exit code is 3 when anything is wrong."})
public final class DoctorCommand implements Callable<Integer>, Answering {
  private final Surroundings around;

  @Mixin private AnswerForm form;

  public DoctorCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    List<Check> checks = checks();
    boolean ok = checks.stream().allMatch(Check::ok);
    if (inJson()) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("ok", ok);
      json.put("checks", checks);
      around.answers().line(Json.document(json));
    } else {
      around.answers().line(text(checks));
    }
    return ok ? ExitCode.DONE : ExitCode.UNREACHABLE;
  }

  private List<Check> checks() {
    List<Check> checks = new ArrayList<>();
    try (TemporalConnection connection = TemporalConnection.open(around.env())) {
      checks.addAll(new ServerChecks(connection).all());
      checks.addAll(workers(connection));
    } catch (Stop stop) {
      checks.add(new Check("temporal", false, stop.text()));
    }
    return checks;
  }

  private List<Check> workers(TemporalConnection connection) {
    try {
      return new Planning(around).shortWorkflows(connection).doctor();
    } catch (Stop stop) {
      return List.of(new Check("worker", false, stop.text()));
    }
  }

  private static String text(List<Check> checks) {
    List<String> lines = new ArrayList<>();
    long wrong = checks.stream().filter(check -> !check.ok()).count();
    for (Check check : checks) {
      Listing.row(lines, (check.ok() ? "ok       " : "PROBLEM  ") + check.name(), words(check));
    }
    lines.add("");
    lines.add(wrong == 0 ? "all is well" : wrong == 1 ? "1 problem" : wrong + " problems");
    return String.join("\n", lines);
  }

  private static String words(Check check) {
    return check.notChecked().isEmpty()
        ? check.text()
        : check.text() + "\nnot checked: " + String.join("; ", check.notChecked());
  }

  @Override
  public boolean inJson() {
    return form.inJson();
  }
}
