package io.towpath.starter.command;

import io.towpath.starter.terminal.Surroundings;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Goes on with a paused run. */
@Command(
    name = "resume",
    description = "Goes on with a paused run.",
    footer = {"", "Example: towpath resume round-trip/syn51514475.3/rnaseq"})
public final class ResumeCommand implements Callable<Integer>, Answering {
  private final Surroundings around;

  @Mixin private Telling run;

  public ResumeCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    return run.tell(around, "resume");
  }

  @Override
  public boolean inJson() {
    return run.inJson();
  }
}
