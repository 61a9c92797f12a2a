package io.towpath.starter;

import io.towpath.starter.command.AdoptCommand;
import io.towpath.starter.command.AmendCommand;
import io.towpath.starter.command.Answering;
import io.towpath.starter.command.ApproveCommand;
import io.towpath.starter.command.CancelCommand;
import io.towpath.starter.command.CheckCommand;
import io.towpath.starter.command.CodecServerCommand;
import io.towpath.starter.command.CompletionCommand;
import io.towpath.starter.command.DescribeCommand;
import io.towpath.starter.command.DoctorCommand;
import io.towpath.starter.command.FailCommand;
import io.towpath.starter.command.PauseCommand;
import io.towpath.starter.command.PollNowCommand;
import io.towpath.starter.command.ProcessCommand;
import io.towpath.starter.command.ReplayCommand;
import io.towpath.starter.command.ReportCommand;
import io.towpath.starter.command.ResumeCommand;
import io.towpath.starter.command.RetryCommand;
import io.towpath.starter.command.SchedulesCommand;
import io.towpath.starter.command.SkipCommand;
import io.towpath.starter.command.StartCommand;
import io.towpath.starter.command.StatusCommand;
import io.towpath.starter.command.TemplateCommand;
import io.towpath.starter.exit.ExitCode;
import io.towpath.starter.exit.Stop;
import io.towpath.starter.json.Json;
import io.towpath.starter.screen.Wrapping;
import io.towpath.starter.terminal.Interruption;
import io.towpath.starter.terminal.Surroundings;
import io.towpath.workflows.payload.PayloadKeyMissing;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** The {@code towpath} command. */
@Command(
    name = "towpath",
    description = {
      "Durable ETL between Synapse, S3 and Seqera Platform: one request, one effect.",
      ""
    },
    version = "towpath 0.1.0",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Example: towpath template round-trip > request.yaml",
      "         towpath start round-trip -f request.yaml --wait",
      "Temporal is found by TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE, … or temporal.toml.",
      "Exit codes: 0 done, 1 the run ended FAILED, PARTIAL or CANCELLED, 2 bad input,",
      "3 a platform or Temporal is not reachable or refuses, 4 CONFLICT,",
      "130 interrupted."
    })
public final class Towpath {
  private static final Duration WORKER_PATIENCE = Duration.ofSeconds(12);

  private static final Pattern JSON_ASKED =
      Pattern.compile("(^| )(-o[ =]?|--output[ =])jsonl?( |$)", Pattern.CASE_INSENSITIVE);

  private Towpath() {}

  /** Runs one command and exits with its code. */
  public static void main(String[] arguments) {
    if (System.getProperty("logback.configurationFile") == null) {
      System.setProperty("logback.configurationFile", "towpath-cli-logging.xml");
    }
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    Interruption interruption = new Interruption();
    interruption.printOnExit(err);
    Surroundings around =
        new Surroundings(
            System.in,
            out,
            err,
            System.getenv(),
            Integer.getInteger("towpath.columns", 0),
            WORKER_PATIENCE,
            interruption);
    System.exit(run(around, arguments));
  }

  /** Runs one command and returns its exit code. */
  public static int run(Surroundings around, String... arguments) {
    CommandLine line = new CommandLine(new Towpath());
    asked(commands(around), arguments).forEach(line::addSubcommand);
    for (CommandLine process : ProcessCommand.all()) {
      line.addSubcommand(process.getCommandName(), process);
    }
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setOut(new PrintWriter(around.out(), true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(around.err(), true, StandardCharsets.UTF_8));
    boolean plain = around.columns() == 0 || around.env().containsKey("NO_COLOR");
    line.setColorScheme(
        CommandLine.Help.defaultColorScheme(
            plain ? CommandLine.Help.Ansi.OFF : CommandLine.Help.Ansi.ON));
    line.setExecutionExceptionHandler(
        (thrown, command, parsed) -> stopped(around, thrown, command.getCommand()));
    line.getSubcommands().values().forEach(Towpath::addHelp);
    line.setParameterExceptionHandler((e, given) -> misused(around, e, given));
    return line.execute(arguments);
  }

  /** Only the command that is named, as reading all of them takes longer than most of them do. */
  private static List<Callable<Integer>> asked(
      List<Callable<Integer>> commands, String... arguments) {
    List<Callable<Integer>> named =
        commands.stream()
            .filter(command -> !(command instanceof CompletionCommand))
            .filter(command -> arguments.length > 0 && name(command).equals(arguments[0]))
            .toList();
    return named.isEmpty() ? commands : named;
  }

  private static String name(Object command) {
    return command.getClass().getAnnotation(Command.class).name();
  }

  private static List<Callable<Integer>> commands(Surroundings around) {
    return List.of(
        new CheckCommand(around),
        new StartCommand(around),
        new StatusCommand(around),
        new ReportCommand(around),
        new CancelCommand(around),
        new ApproveCommand(around),
        new RetryCommand(around),
        new SkipCommand(around),
        new AdoptCommand(around),
        new FailCommand(around),
        new PauseCommand(around),
        new ResumeCommand(around),
        new PollNowCommand(around),
        new AmendCommand(around),
        new DescribeCommand(around),
        new TemplateCommand(around),
        new SchedulesCommand(around),
        new ReplayCommand(around),
        new CodecServerCommand(around),
        new CompletionCommand(around),
        new DoctorCommand(around));
  }

  private static void addHelp(CommandLine command) {
    command
        .getCommandSpec()
        .addOption(
            CommandLine.Model.OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .arity("0")
                .type(boolean.class)
                .description("Show this help.")
                .build());
  }

  private static int misused(Surroundings around, ParameterException e, String[] arguments) {
    if (wantsJson(arguments)) {
      Stop stop = Stop.badInput(String.valueOf(e.getMessage()));
      around.answers().line(Json.document(Map.of("failure", stop.asFailure())));
    }
    PrintWriter err = e.getCommandLine().getErr();
    err.println(e.getMessage());
    if (!CommandLine.UnmatchedArgumentException.printSuggestions(e, err)) {
      err.println("See: " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help");
    }
    return ExitCode.BAD_INPUT;
  }

  /** Whether a command line that could not be read asked for JSON. */
  private static boolean wantsJson(String[] arguments) {
    return JSON_ASKED.matcher(String.join(" ", arguments)).find();
  }

  private static int stopped(Surroundings around, Exception thrown, Object command) {
    Optional<Stop> told = told(thrown);
    if (told.isEmpty()) {
      return ours(around, thrown);
    }
    Stop stop = told.get();
    around.progress().line(Wrapping.paragraphs(stop.text()));
    if (command instanceof Answering answering && answering.inJson()) {
      around.answers().line(Json.document(answering.stopped(stop)));
    }
    return stop.exitCode();
  }

  /** Also what is stored encrypted with a key that the environment does not name. */
  private static Optional<Stop> told(Exception thrown) {
    return thrown instanceof Stop stop
        ? Optional.of(stop)
        : PayloadKeyMissing.among(thrown)
            .map(missing -> Stop.unreachable(String.valueOf(missing.getMessage())));
  }

  private static int ours(Surroundings around, Exception thrown) {
    around
        .progress()
        .line(
            "towpath made a mistake: "
                + thrown
                + "\nPlease report it; with TOWPATH_DEBUG=1 it tells where.");
    if (around.env().containsKey("TOWPATH_DEBUG")) {
      thrown.printStackTrace(around.err());
    }
    return ExitCode.OUR_FAULT;
  }
}
