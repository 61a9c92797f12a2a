package io.towpath.starter.command;

import io.towpath.starter.exit.Stop;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * A long-running process of another module: known here for its help and its name, started by the
 * launcher script, as this module never sees activities.
 */
public final class ProcessCommand implements Callable<Integer> {
  private final String name;

  private ProcessCommand(String name) {
    this.name = name;
  }

  /** The processes, in the order in which a new user meets them. */
  public static List<CommandLine> all() {
    return List.of(
        of(
            "demo",
            "Runs every ETL on seeded data with sandbox, embedded Temporal and worker.",
            "towpath demo --chaos",
            flag("--chaos", "Inject faults on the way, with the same result."),
            value("--seed-dir", "DIR", "Keep the sandbox's state here.")),
        of(
            "sandbox",
            "Runs the stand-ins of the platforms on loopback ports until SIGTERM.",
            "towpath sandbox --env-file sandbox.env",
            value("--env-file", "FILE", "Written once everything answers (required)."),
            value("--data", "DIR", "Where its state lives."),
            value("--seed", "demo|empty", "What it begins with."),
            value("--engine", "simulated|nextflow|cwl", "What runs pipelines and apps.")),
        of(
            "worker",
            "Runs the worker; settings from the environment, SIGTERM drains.",
            "set -a; . ./sandbox.env; towpath worker"),
        of(
            "dev",
            "Runs a Temporal dev server with UI, sandbox and worker on this machine.",
            "towpath dev --ui-port 8233",
            value("--port", "N", "Temporal's port."),
            value("--ui-port", "N", "The UI's port.")),
        of(
            "prove",
            "Strikes work by faults and deaths, judges what is left, and writes a page of it;"
                + " from a source tree.",
            "towpath prove --full",
            flag("--quick", "Some calls of each kind, in five minutes; the default."),
            flag("--full", "Every call with every fault, alone."),
            value("--cell", "TEXT", "Only cells that have this in their name."),
            value("--seed", "N", "What random cells are made of; told when it is left out."),
            value("--out", "DIR", "Where records and page go; default: target/proof.")));
  }

  @Override
  public Integer call() {
    throw Stop.badInput("\"" + name + "\" is started by the launcher: ./towpath " + name);
  }

  private static CommandLine of(
      String name, String description, String example, OptionSpec... options) {
    CommandSpec spec = CommandSpec.wrapWithoutInspection(new ProcessCommand(name)).name(name);
    spec.usageMessage().description(description).footer("", "Example: " + example);
    for (OptionSpec option : options) {
      spec.addOption(option);
    }
    return new CommandLine(spec);
  }

  private static OptionSpec flag(String name, String description) {
    return OptionSpec.builder(name).arity("0").type(boolean.class).description(description).build();
  }

  private static OptionSpec value(String name, String label, String description) {
    return OptionSpec.builder(name)
        .paramLabel(label)
        .type(String.class)
        .description(description)
        .build();
  }
}
