package io.towpath.starter.command;

import io.towpath.starter.exit.ExitCode;
import io.towpath.starter.request.RequestFile;
import io.towpath.starter.schedule.ScheduleChange;
import io.towpath.starter.schedule.ScheduleChange.Verb;
import io.towpath.starter.schedule.ScheduleFile;
import io.towpath.starter.schedule.Schedules;
import io.towpath.starter.screen.Listing;
import io.towpath.starter.temporal.TemporalConnection;
import io.towpath.starter.terminal.Surroundings;
import io.towpath.workflows.ledger.ClaimDecision.Difference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Keeps the schedules of a namespace as a file says. */
@Command(
    name = "schedules",
    synopsisSubcommandLabel = "diff|apply|prune",
    description = "Schedules as code: compares a file with the server, and makes them alike.",
    footer = {
      "",
      "Example: towpath schedules diff -f deploy/schedules.yaml",
      "         towpath schedules apply -f deploy/schedules.yaml",
      "Schedules that were not made from the file are never touched."
    })
public final class SchedulesCommand implements Callable<Integer> {
  private final Surroundings around;

  @Spec private CommandSpec spec;

  public SchedulesCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "say what to do: diff, apply or prune");
  }

  @Command(
      name = "diff",
      description = "Says what apply and prune would do; changes nothing.",
      footer = {"", "Example: towpath schedules diff -f deploy/schedules.yaml"})
  int diff(
      @Option(
              names = {"-f", "--file"},
              required = true,
              paramLabel = "FILE",
              description = "The schedules, JSON or YAML; - is standard input.")
          String file) {
    return on(file, Schedules::compare, "no schedules");
  }

  @Command(
      name = "apply",
      description = "Makes what is missing and updates what differs; a paused one stays paused.",
      footer = {"", "Example: towpath schedules apply -f deploy/schedules.yaml"})
  int apply(
      @Option(
              names = {"-f", "--file"},
              required = true,
              paramLabel = "FILE",
              description = "The schedules, JSON or YAML; - is standard input.")
          String file) {
    return on(file, Schedules::apply, "no schedules");
  }

  @Command(
      name = "prune",
      description = "Deletes what was made from this file and is no longer in it.",
      footer = {"", "Example: towpath schedules prune -f deploy/schedules.yaml"})
  int prune(
      @Option(
              names = {"-f", "--file"},
              required = true,
              paramLabel = "FILE",
              description = "The schedules, JSON or YAML; - is standard input.")
          String file) {
    return on(file, Schedules::prune, "nothing to delete");
  }

  private int on(
      String file,
      BiFunction<Schedules, ScheduleFile, List<ScheduleChange>> doing,
      String nothing) {
    ScheduleFile wanted = ScheduleFile.read(RequestFile.read(file, around.in()));
    try (TemporalConnection connection = TemporalConnection.open(around.env())) {
      List<ScheduleChange> changes = doing.apply(new Schedules(connection), wanted);
      around.answers().line(changes.isEmpty() ? nothing : text(changes));
    }
    return ExitCode.DONE;
  }

  private static String text(List<ScheduleChange> changes) {
    List<String> lines = new ArrayList<>();
    for (ScheduleChange change : changes) {
      String state = change.state().isEmpty() ? "" : " (" + change.state() + ")";
      Listing.row(lines, word(change.verb()) + change.id(), words(change) + state);
      for (Difference difference : change.differences()) {
        Listing.row(lines, "", difference.path() + ": " + told(difference));
      }
    }
    return String.join("\n", lines);
  }

  private static String word(Verb verb) {
    return switch (verb) {
      case CREATE -> "+ ";
      case UPDATE -> "~ ";
      case KEEP -> "= ";
      case SURPLUS -> "- ";
      case FOREIGN -> "! ";
    };
  }

  private static String words(ScheduleChange change) {
    return switch (change.verb()) {
      case CREATE -> "new";
      case UPDATE -> "changed";
      case KEEP -> "as the file says";
      case SURPLUS -> "made from this file, no longer in it";
      case FOREIGN -> "not made from this file";
    };
  }

  private static String told(Difference difference) {
    return (difference.recorded().isEmpty() ? "nothing" : difference.recorded())
        + " -> "
        + (difference.asked().isEmpty() ? "nothing" : difference.asked());
  }
}
