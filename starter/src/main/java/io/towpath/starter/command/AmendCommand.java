package io.towpath.starter.command;

import io.towpath.starter.terminal.Surroundings;
import io.towpath.workflows.etl.RunControls.Amendment;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Changes how a run works, never what it does. */
@Command(
    name = "amend",
    description = "Changes how a run works, never what it does.",
    footer = {"", "Example: towpath amend round-trip/syn51514475.3/rnaseq --max-parallel 4"})
public final class AmendCommand implements Callable<Integer>, Answering {
  private final Surroundings around;

  @Mixin private Telling run;

  @Option(
      names = "--max-parallel",
      required = true,
      paramLabel = "N",
      description = "Files at a time from now on.")
  private int maxParallel;

  public AmendCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    return run.tell(around, "amend", new Amendment(maxParallel));
  }

  @Override
  public boolean inJson() {
    return run.inJson();
  }
}
