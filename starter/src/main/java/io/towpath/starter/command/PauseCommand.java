package io.towpath.starter.command;

import io.towpath.starter.terminal.Surroundings;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Begins no further stage of a run until it is resumed. */
@Command(
    name = "pause",
    description = "Begins no further stage of a run until it is resumed.",
    footer = {"", "Example: towpath pause round-trip/syn51514475.3/rnaseq"})
public final class PauseCommand implements Callable<Integer>, Answering {
  private final Surroundings around;

  @Mixin private Telling run;

  public PauseCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    return run.tell(around, "pause");
  }

  @Override
  public boolean inJson() {
    return run.inJson();
  }
}
