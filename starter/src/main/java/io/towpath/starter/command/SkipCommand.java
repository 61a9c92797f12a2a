package io.towpath.starter.command;

import io.towpath.starter.terminal.Surroundings;
import io.towpath.workflows.etl.RunControls.Skip;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Leaves out what a run waits for. */
@Command(
    name = "skip",
    description = "Leaves out what a run waits for.",
    footer = {"", "Example: towpath skip round-trip/syn51514475.3/rnaseq --reason obsolete"})
public final class SkipCommand implements Callable<Integer>, Answering {
  private final Surroundings around;

  @Mixin private Telling run;

  @Parameters(index = "1..*", paramLabel = "ITEM", description = "What; all that waits if none.")
  private List<String> items = new ArrayList<>();

  @Option(names = "--reason", required = true, description = "Why.")
  private String reason;

  public SkipCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    return run.tell(around, "skip", new Skip(items, reason));
  }

  @Override
  public boolean inJson() {
    return run.inJson();
  }
}
