package io.towpath.starter.command;

import io.towpath.starter.terminal.Surroundings;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Begins no further stage of a run, or of all that use a connection, until it is resumed. */
@Command(
    name = "pause",
    description = {
      "Begins no further stage of a run, or of all runs of a connection, until resumed.",
      "What was begun on platforms goes on.",
      ""
    },
    footer = {
      "",
      "Example: towpath pause round-trip/syn51514475.3/rnaseq",
      "         towpath pause --connection seqera"
    })
public final class PauseCommand implements Callable<Integer>, Answering {
  private final Surroundings around;

  @Mixin private Concerning runs;

  public PauseCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    return runs.tell(
        around,
        "pause",
        (all, id, connection) -> all.update(id, "pause", connection.stream().toArray()));
  }

  @Override
  public boolean inJson() {
    return runs.inJson();
  }
}
