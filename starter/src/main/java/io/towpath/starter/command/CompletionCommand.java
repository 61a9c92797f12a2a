package io.towpath.starter.command;

import io.towpath.starter.exit.ExitCode;
import io.towpath.starter.terminal.Surroundings;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints a shell's completion script, made of the commands themselves. */
@Command(
    name = "completion",
    description = "Prints a script with which bash and zsh complete commands and options.",
    footer = {"", "Example: source <(towpath completion)"})
public final class CompletionCommand implements Callable<Integer> {
  private final Surroundings around;

  @Spec private CommandSpec spec;

  public CompletionCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    CommandSpec towpath = spec.root();
    around.answers().line(AutoComplete.bash(towpath.name(), towpath.commandLine()));
    return ExitCode.DONE;
  }
}
