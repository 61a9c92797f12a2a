package io.towpath.workflows.release;

import io.towpath.workflows.request.Fields;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One step as written: a command that runs once, or once for each item.
 *
 * @param command arguments, one by one, with {@code {config}}, {@code {item}}, {@code {release}},
 *     {@code {project}}, {@code {environment}} and {@code {operationKey}}
 * @param items empty where the step runs once
 * @param maxParallel containers of this step at a time
 * @param onFailure {@code continue}: the other items go on when one failed; {@code stop}: no
 *     further one begins
 * @param needs steps that have to end first
 * @param when {@code allSucceeded}: only if those succeeded; {@code always}: however they ended
 * @param gate what has to be approved before the step begins
 */
record StepRequest(
    String name,
    List<String> command,
    Optional<Items> items,
    int maxParallel,
    Resources resources,
    Retry retry,
    Duration timeout,
    String onFailure,
    List<String> needs,
    String when,
    Optional<String> gate) {
  static final int MOST_PARALLEL = 100;

  private static final int MOST_MEMORY_GB = 4_096;

  private static final Duration TIMEOUT = Duration.ofHours(24);
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,39}");
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([A-Za-z]+)}");
  private static final List<String> KNOWN =
      List.of("config", "item", "release", "project", "environment", "operationKey");
  private static final Pattern SHELL = Pattern.compile("\\|\\|?|&&?|;|[0-9]?>>?|<|[0-9]>&[0-9]");

  /**
   * Where items come from.
   *
   * @param fromConfig a path in the configuration file; empty where {@code names} lists them
   * @param only the items to run; empty for all
   * @param exclude items to leave out
   */
  record Items(
      Optional<String> fromConfig, List<String> names, List<String> only, List<String> exclude) {

    /** The items by name, where the request itself says which are run. */
    Optional<List<String>> stated() {
      List<String> all = only.isEmpty() ? names : only;
      return fromConfig.isPresent() && only.isEmpty()
          ? Optional.empty()
          : Optional.of(all.stream().filter(item -> !exclude.contains(item)).toList());
    }
  }

  /** Processors and memory of an item. */
  record Size(double cpus, int memoryGb) {}

  /** What items get, and what some of them get instead. */
  record Resources(Size standard, Map<String, Size> overrides) {
    Size of(String item) {
      return overrides.getOrDefault(item, standard);
    }
  }

  /**
   * When a container that failed is run again.
   *
   * @param maxAttempts attempts in all for exit codes
   * @param onExitCodes exit codes after which it is run again
   * @param scaleMemoryOn those of them after which it gets more memory
   * @param scaleMemory by which factor
   * @param infrastructure further attempts where it never ran or its host was lost
   */
  record Retry(
      int maxAttempts,
      List<Integer> onExitCodes,
      List<Integer> scaleMemoryOn,
      double scaleMemory,
      int infrastructure) {

    /** The memory after an attempt that had too little. */
    int more(int memoryGb) {
      return (int) Math.min(MOST_MEMORY_GB, Math.ceil(memoryGb * scaleMemory));
    }

    /** The memory of the last attempt, if all before had too little. */
    int most(int memoryGb) {
      int most = memoryGb;
      for (int attempt = 1; attempt < maxAttempts; attempt++) {
        most = more(most);
      }
      return most;
    }
  }

  static StepRequest read(Fields fields) {
    StepRequest step =
        new StepRequest(
            fields.value("name", StepRequest::name, "step", "name of the step"),
            readCommand(fields),
            fields.optionalObject("items", "run it for each of these", StepRequest::readItems),
            fields.number("maxParallel", 8, 1, MOST_PARALLEL, "containers at a time"),
            fields.object("resources", "what containers get", StepRequest::readResources),
            fields.object("retry", "when one is run again", StepRequest::readRetry),
            fields
                .optionalDuration("timeout", "after this a container is ended; default PT24H")
                .orElse(TIMEOUT),
            fields.choice(
                "onFailure", List.of("continue", "stop"), "the other items, when one failed"),
            fields.texts("needs", List.of(), "steps that have to end first"),
            fields.choice(
                "when", List.of("allSucceeded", "always"), "how the needed steps have to end"),
            fields.optionalText("gate", "what has to be approved before it begins"));
    step.check(fields);
    return step;
  }

  private void check(Fields fields) {
    boolean namesItem = command.stream().anyMatch(word -> word.contains("{item}"));
    if (items.isEmpty() && namesItem) {
      fields.problem("command", "names {item}, and the step has no items");
    }
    if (items.isPresent() && !namesItem) {
      fields.problem("command", "never names {item}, so that every item would do the same");
    }
    if (items.isEmpty() && !resources.overrides().isEmpty()) {
      fields.problem("resources.overrides", "the step has no items; write default");
    }
    if (timeout.compareTo(Duration.ofMinutes(1)) < 0) {
      fields.problem("timeout", timeout + " is less than a minute");
    }
  }

  private static String name(String text) {
    if (!NAME.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "\""
              + text
              + "\" is no name; expected a letter, then at most 39 letters, digits, - or _");
    }
    return text;
  }

  private static List<String> readCommand(Fields fields) {
    if (fields.raw("command") instanceof String text) {
      fields.problem(
          "command",
          "\""
              + text
              + "\" is one text; no shell reads it: list its arguments one by one, such as"
              + " [\"adt\", \"process\", \"{config}\"]");
      return List.of();
    }
    List<String> command =
        fields.texts("command", List.of(), "the program and its arguments, one by one");
    if (command.isEmpty()) {
      fields.problem("command", "missing; list the program and its arguments");
    }
    for (int i = 0; i < command.size(); i++) {
      checkWord(fields, "command[" + i + "]", command.get(i));
    }
    return command;
  }

  private static void checkWord(Fields fields, String place, String word) {
    if (SHELL.matcher(word).matches()) {
      fields.problem(
          place,
          "\""
              + word
              + "\" is an operator of a shell, and no shell reads the command; if one is needed,"
              + " say so: [\"sh\", \"-c\", \"…\"]");
    }
    Matcher placeholder = PLACEHOLDER.matcher(word);
    while (placeholder.find()) {
      if (!KNOWN.contains(placeholder.group(1))) {
        fields.problem(
            place, placeholder.group() + " stands for nothing; known: " + String.join(", ", KNOWN));
      }
    }
  }

  private static Items readItems(Fields fields) {
    Items items =
        new Items(
            fields.optionalText(
                "fromConfig", "path in the configuration file, such as datasets[*].keys"),
            fields.texts("names", List.of(), "the items themselves"),
            fields.texts("only", List.of(), "run these only"),
            fields.texts("exclude", List.of(), "leave these out"));
    if (items.fromConfig().isPresent() != items.names().isEmpty()) {
      fields.problem("fromConfig", "name either fromConfig or names");
    }
    return items;
  }

  private static Resources readResources(Fields fields) {
    return new Resources(
        fields.object("default", "of every item", StepRequest::readSize),
        fields.objectsByName("overrides", "of some items instead", StepRequest::readSize));
  }

  private static Size readSize(Fields fields) {
    return new Size(
        fields.decimal("cpus", 1, 0.1, 256, "processors"),
        fields.number("memoryGb", 2, 1, MOST_MEMORY_GB, "memory in GiB"));
  }

  private static Retry readRetry(Fields fields) {
    return new Retry(
        fields.number("maxAttempts", 3, 1, 20, "attempts in all"),
        codes(fields, "onExitCodes", List.of(137, 143), "exit codes after which it is run again"),
        codes(fields, "scaleMemoryOn", List.of(137), "exit codes that ask for more memory"),
        fields.decimal("scaleMemory", 2, 1, 16, "by which factor memory grows"),
        fields.number("infrastructure", 5, 0, 50, "further attempts where it never ran"));
  }

  private static List<Integer> codes(
      Fields fields, String name, List<Integer> fallback, String meaning) {
    List<Integer> codes = new ArrayList<>();
    for (String code :
        fields.texts(name, fallback.stream().map(String::valueOf).toList(), meaning)) {
      if (code.matches("[0-9]{1,3}") && Integer.parseInt(code) < 256) {
        codes.add(Integer.parseInt(code));
      } else {
        fields.problem(name, "\"" + code + "\" is no exit code; expected 0 to 255");
      }
    }
    return List.copyOf(codes);
  }

  /** What decides the effect of this step, for the digest. */
  Map<String, Object> effect(List<String> resolvedItems) {
    Map<String, Object> effect = new TreeMap<>();
    effect.put("command", command);
    effect.put("items", resolvedItems);
    effect.put("needs", needs);
    effect.put("when", when);
    return effect;
  }
}
