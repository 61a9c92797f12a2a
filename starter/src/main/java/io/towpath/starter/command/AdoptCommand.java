package io.towpath.starter.command;

import io.towpath.starter.terminal.Surroundings;
import io.towpath.workflows.etl.RunControls.Adoption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Takes a run that exists on the platform for the one that a step waits for. */
@Command(
    name = "adopt",
    description = "Takes a run that exists on the platform for the one that a step waits for.",
    footer = {
      "",
      "Example: towpath adopt round-trip/syn51514475.3/rnaseq --step rnaseq --external-id 5xKaQ1"
    })
public final class AdoptCommand implements Callable<Integer>, Answering {
  private final Surroundings around;

  @Mixin private Telling run;

  @Option(names = "--step", required = true, description = "The step, such as the name of a run.")
  private String step;

  @Option(
      names = "--external-id",
      required = true,
      paramLabel = "ID",
      description = "The id on the platform.")
  private String externalId;

  public AdoptCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    return run.tell(around, "adopt", new Adoption(step, externalId));
  }

  @Override
  public boolean inJson() {
    return run.inJson();
  }
}
