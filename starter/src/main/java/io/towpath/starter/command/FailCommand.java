package io.towpath.starter.command;

import io.towpath.starter.terminal.Surroundings;
import io.towpath.workflows.etl.RunControls.Refusal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Ends a run as FAILED, with a reason. */
@Command(
    name = "fail",
    description = "Ends a run as FAILED, with a reason.",
    footer = {"", "Example: towpath fail round-trip/syn51514475.3/rnaseq --reason abandoned"})
public final class FailCommand implements Callable<Integer>, Answering {
  private final Surroundings around;

  @Mixin private Telling run;

  @Option(names = "--reason", required = true, description = "Why.")
  private String reason;

  public FailCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    return run.tell(around, "fail", new Refusal(reason));
  }

  @Override
  public boolean inJson() {
    return run.inJson();
  }
}
