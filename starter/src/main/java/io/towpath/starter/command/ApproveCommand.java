package io.towpath.starter.command;

import io.towpath.starter.terminal.Surroundings;
import io.towpath.workflows.etl.RunControls.Approval;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Opens a gate that a run waits at. */
@Command(
    name = "approve",
    description = "Opens a gate that a run waits at.",
    footer = {
      "",
      "Example: towpath approve cavatica-drs/my/project/syn33335513.4/app --gate launch --by"
          + " me@example.org"
    })
public final class ApproveCommand implements Callable<Integer>, Answering {
  private final Surroundings around;

  @Mixin private Telling run;

  @Option(names = "--gate", required = true, description = "The gate.")
  private String gate;

  @Option(names = "--by", required = true, description = "Who approves.")
  private String by;

  @Option(names = "--note", defaultValue = "", description = "Why.")
  private String note;

  public ApproveCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    return run.tell(around, "approve", new Approval(gate, by, note));
  }

  @Override
  public boolean inJson() {
    return run.inJson();
  }
}
