package io.towpath.starter.command;

import io.towpath.starter.terminal.Surroundings;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Asks the platforms now instead of at the next poll. */
@Command(
    name = "poll-now",
    description = {
      "Asks the platform now how a run, or all runs of a connection, stand.",
      "Otherwise it is asked at the next poll.",
      ""
    },
    footer = {
      "",
      "Example: towpath poll-now round-trip/syn51514475.3/rnaseq",
      "         towpath poll-now --connection seqera"
    })
public final class PollNowCommand implements Callable<Integer>, Answering {
  private final Surroundings around;

  @Mixin private Concerning runs;

  public PollNowCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    return runs.tell(around, "poll-now", (all, id, connection) -> all.pollNow(id));
  }

  @Override
  public boolean inJson() {
    return runs.inJson();
  }
}
