package io.towpath.starter.command;

import io.towpath.starter.terminal.Surroundings;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Goes on with a paused run, or with all that a connection paused. */
@Command(
    name = "resume",
    description = {
      "Goes on with a paused run, or with all runs of a paused connection.",
      "Those of a connection that somebody paused by their ids stay paused.",
      ""
    },
    footer = {
      "",
      "Example: towpath resume round-trip/syn51514475.3/rnaseq",
      "         towpath resume --connection seqera"
    })
public final class ResumeCommand implements Callable<Integer>, Answering {
  private final Surroundings around;

  @Mixin private Concerning runs;

  public ResumeCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    return runs.tell(
        around,
        "resume",
        (all, id, connection) -> all.update(id, "resume", connection.stream().toArray()));
  }

  @Override
  public boolean inJson() {
    return runs.inJson();
  }
}
