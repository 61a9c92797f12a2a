package io.towpath.sandbox;

import io.towpath.sandbox.sevenbridges.CwlRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** {@code towpath sandbox}: the stand-ins alone, until SIGTERM. */
public final class SandboxMain {
  private static final String HELP =
      """
      Usage: towpath sandbox --env-file FILE [--data DIR] [--seed demo|empty]
                             [--engine simulated|nextflow|cwl|nextflow,cwl]
      Runs the stand-ins of Synapse, Seqera, Seven Bridges and S3 on free loopback ports
      until SIGTERM. Writes FILE (lines NAME=value) once everything answers, then
      prints "sandbox ready".
        --env-file FILE   where the environment for the worker is written
        --data DIR        keep objects and run folders there; default: a temporary
                          folder
        --seed NAME       demo (default): reads, sheets and a pipeline; empty: nothing
        --engine NAMES    simulated (default): any pipeline, about a second;
                          nextflow: the real one; cwl: cwltool, from PATH, runs
                          Seven Bridges' apps; both with a comma

      Example:
        ./towpath sandbox --env-file sandbox.env --engine nextflow
      """;

  private SandboxMain() {}

  public static void main(String[] arguments) throws InterruptedException {
    for (String argument : arguments) {
      if (argument.equals("--help") || argument.equals("-h")) {
        System.out.print(HELP);
        System.exit(0);
      }
    }
    if (System.getProperty("logback.configurationFile") == null) {
      System.setProperty("logback.configurationFile", "towpath-sandbox-logging.xml");
    }
    System.exit(run(List.of(arguments), System.getenv()));
  }

  private static int run(List<String> arguments, Map<String, String> environment)
      throws InterruptedException {
    List<String> problems = new ArrayList<>();
    @Nullable Path envFile = null;
    SandboxOptions options = fromEnvironment(environment, problems);
    for (int i = 0; i < arguments.size(); i += 2) {
      String name = arguments.get(i);
      String value = i + 1 < arguments.size() ? arguments.get(i + 1) : "";
      if (value.isEmpty()) {
        problems.add(name + " needs a value");
      }
      switch (name) {
        case "--env-file" -> envFile = Path.of(value);
        case "--data" -> options = options.withData(Path.of(value));
        case "--seed" -> options = seeded(options, value, problems);
        case "--engine" -> options = engines(options, value, environment, problems);
        default -> problems.add(name + " is no option of the sandbox");
      }
    }
    if (envFile == null) {
      problems.add("--env-file FILE is missing");
    }
    if (!problems.isEmpty() || envFile == null) {
      problems.forEach(problem -> System.err.println("sandbox: " + problem));
      System.err.print(HELP);
      return 2;
    }
    return serve(options, envFile.toAbsolutePath());
  }

  private static SandboxOptions fromEnvironment(
      Map<String, String> environment, List<String> problems) {
    boolean limits = !"off".equals(environment.get("TOWPATH_SANDBOX_LIMITS"));
    Horizons usual = Horizons.documented();
    return SandboxOptions.standard()
        .withHorizons(
            new Horizons(
                duration(environment, "TOWPATH_SANDBOX_LISTING_LAG", usual.listing(), problems),
                duration(environment, "TOWPATH_SANDBOX_JOB_RETENTION", usual.jobs(), problems),
                duration(environment, "TOWPATH_SANDBOX_TASK_RETENTION", usual.tasks(), problems),
                duration(environment, "TOWPATH_SANDBOX_TOKEN_LIFE", usual.tokens(), problems)))
        .withLimits(
            limits,
            (int) Math.max(1, number(environment, "TOWPATH_SANDBOX_QUOTA_SPEED", problems)),
            number(environment, "TOWPATH_SANDBOX_SPEED", problems));
  }

  private static Duration duration(
      Map<String, String> environment, String name, Duration usual, List<String> problems) {
    String text = environment.getOrDefault(name, usual.toString());
    try {
      Duration value = Duration.parse(text);
      if (!value.isNegative()) {
        return value;
      }
    } catch (DateTimeParseException e) {
      // told below, like a duration that is too short
    }
    problems.add(name + " is \"" + text + "\", not a duration from PT0S on");
    return usual;
  }

  private static double number(
      Map<String, String> environment, String name, List<String> problems) {
    String text = environment.getOrDefault(name, "1");
    try {
      double value = Double.parseDouble(text);
      if (value > 0) {
        return value;
      }
    } catch (NumberFormatException e) {
      // told below, like a number that is too small
    }
    problems.add(name + " is \"" + text + "\", not a number above 0");
    return 1;
  }

  private static SandboxOptions seeded(
      SandboxOptions options, String value, List<String> problems) {
    return switch (value) {
      case "demo" -> options;
      case "empty" -> options.withoutSeed();
      default -> {
        problems.add("--seed is demo or empty, not " + value);
        yield options;
      }
    };
  }

  private static SandboxOptions engines(
      SandboxOptions options,
      String names,
      Map<String, String> environment,
      List<String> problems) {
    String path = environment.getOrDefault("PATH", "");
    SandboxOptions chosen = options;
    for (String name : names.split(",", -1)) {
      switch (name) {
        case "simulated" -> {}
        case "nextflow" -> chosen = chosen.withNextflow();
        case "cwl" -> {
          if (CwlRunner.find(path, Path.of(".")).isEmpty()) {
            problems.add(
                "--engine cwl needs cwltool on PATH; install it (Debian or PyPI: cwltool)");
          }
          chosen = chosen.withCwl(path);
        }
        default -> problems.add("--engine is simulated, nextflow or cwl, not " + name);
      }
    }
    return chosen;
  }

  private static int serve(SandboxOptions options, Path envFile) throws InterruptedException {
    Sandbox sandbox = Sandbox.start(options);
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  sandbox.close();
                  stopped.countDown();
                },
                "sandbox-stop"));
    try {
      write(envFile, sandbox.env());
    } catch (IOException e) {
      System.err.println("sandbox: " + envFile + " cannot be written: " + e.getMessage());
      return 2;
    }
    System.out.println("sandbox ready");
    System.out.flush();
    stopped.await();
    return 0;
  }

  /** Whole or not at all, and readable by its owner only: it holds secrets. */
  private static void write(Path envFile, Map<String, String> env) throws IOException {
    StringBuilder text = new StringBuilder();
    env.forEach((name, value) -> text.append(name).append('=').append(value).append('\n'));
    Path folder = envFile.getParent() == null ? Path.of(".") : envFile.getParent();
    Files.createDirectories(folder);
    Path draft =
        Files.createTempFile(
            folder,
            ".env",
            ".tmp",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(draft, text);
    Files.move(draft, envFile, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }
}
