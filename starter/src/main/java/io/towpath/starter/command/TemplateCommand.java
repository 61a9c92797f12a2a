package io.towpath.starter.command;

import io.towpath.starter.exit.ExitCode;
import io.towpath.starter.kind.Kinds;
import io.towpath.starter.kind.Template;
import io.towpath.starter.terminal.Surroundings;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Prints a minimal request to start from. */
@Command(
    name = "template",
    description = "Prints a minimal filled-in request, YAML with comments.",
    footer = {"", "Example: towpath template round-trip > request.yaml"})
public final class TemplateCommand implements Callable<Integer> {
  private final Surroundings around;

  @Parameters(paramLabel = "KIND", description = "The ETL: round-trip or manifest-scan.")
  private String kindName;

  public TemplateCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    around.answers().line(Template.of(Kinds.named(kindName)).stripTrailing());
    return ExitCode.DONE;
  }
}
