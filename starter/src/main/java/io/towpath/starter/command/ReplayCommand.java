package io.towpath.starter.command;

import io.towpath.starter.exit.ExitCode;
import io.towpath.starter.temporal.Replays;
import io.towpath.starter.temporal.Replays.Replayed;
import io.towpath.starter.temporal.TemporalConnection;
import io.towpath.starter.terminal.Surroundings;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Tells before a deploy whether this build can go on with the runs that a server has. */
@Command(
    name = "replay",
    description = {
      "Replays the histories of a server's workflows against this build.",
      "Nothing is changed. What replays here goes on when workers of this build take over.",
      ""
    },
    footer = {
      "",
      "Example: towpath replay --from-server \"ExecutionStatus = 'Running'\"",
      "         towpath replay --from-server \"EtlKind = 'round-trip' AND",
      "           StartTime > '2026-11-01T00:00:00Z'\"",
      "One line a workflow. Exit codes: 0 all replay, 1 some do not, 2 no such query,",
      "3 the server is not reachable or refuses, or TOWPATH_PAYLOAD_KEYS lacks a key."
    })
public final class ReplayCommand implements Callable<Integer> {
  private final Surroundings around;
  private int replayed;
  private int failed;

  @Option(
      names = "--from-server",
      required = true,
      paramLabel = "QUERY",
      description = "Which workflows, as in \"temporal workflow list --query\".")
  private String query;

  public ReplayCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    try (TemporalConnection connection = TemporalConnection.open(around.env());
        Replays replays = new Replays(connection)) {
      replays.replay(query, this::print);
    }
    around
        .answers()
        .line(
            replayed == 0
                ? "no workflow of ours matches"
                : failed == 0
                    ? replayed + " replayed"
                    : failed + " of " + replayed + " do not replay");
    return failed == 0 ? ExitCode.DONE : ExitCode.FAILED;
  }

  private void print(Replayed run) {
    replayed++;
    failed += run.problem().isPresent() ? 1 : 0;
    String how = run.problem().orElse(run.status() + ", " + run.events() + " events");
    around
        .answers()
        .line((run.problem().isPresent() ? "FAILS  " : "ok     ") + run.workflowId() + "  " + how);
  }
}
