package io.towpath.starter.command;

import io.towpath.starter.exit.ExitCode;
import io.towpath.starter.request.RequestFile;
import io.towpath.starter.schedule.ScheduleChange;
import io.towpath.starter.schedule.ScheduleFile;
import io.towpath.starter.schedule.Schedules;
import io.towpath.starter.screen.Listing;
import io.towpath.starter.temporal.TemporalConnection;
import io.towpath.starter.terminal.Surroundings;
import io.towpath.workflows.ledger.ClaimDecision.Difference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Keeps the schedules of a namespace as a file says. */
@Command(
    name = "schedules",
    description = {
      "Schedules as code: compares a file with the server, and makes them alike.",
      "diff says what the others would do; apply makes what is missing and updates",
      "what differs; prune deletes what was made from the file and has left it."
    },
    footer = {
      "",
      "Example: towpath schedules diff -f deploy/schedules.yaml",
      "         towpath schedules apply -f deploy/schedules.yaml",
      "Schedules that were not made from the file are never touched; one that people",
      "paused stays paused."
    })
public final class SchedulesCommand implements Callable<Integer> {
  private final Surroundings around;

  @Parameters(paramLabel = "diff|apply|prune", description = "What to do.")
  private Verb verb;

  @Option(
      names = {"-f", "--file"},
      required = true,
      paramLabel = "FILE",
      description = "The schedules, JSON or YAML; - is standard input.")
  private String file;

  public SchedulesCommand(Surroundings around) {
    this.around = around;
  }

  /** What is done with the differences between file and server. */
  private enum Verb {
    diff,
    apply,
    prune
  }

  @Override
  public Integer call() {
    ScheduleFile wanted = ScheduleFile.read(RequestFile.read(file, around.in()));
    try (TemporalConnection connection = TemporalConnection.open(around.env())) {
      Schedules schedules = new Schedules(connection);
      List<ScheduleChange> changes =
          switch (verb) {
            case diff -> schedules.compare(wanted);
            case apply -> schedules.apply(wanted);
            case prune -> schedules.prune(wanted);
          };
      String nothing = verb == Verb.prune ? "nothing to delete" : "no schedules";
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

  private static String word(ScheduleChange.Verb verb) {
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
