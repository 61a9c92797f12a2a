package io.towpath.activities.tower;

import io.towpath.workflows.containers.ContainerSpec;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a pipeline is told of a step in the words of Nextflow's configuration. They are defaults of
 * its processes: what the pipeline sets for one of them by name or label stays.
 */
final class StepConfig {
  private static final String DIGEST = "TOWPATH_SPEC";
  private static final Pattern DIGEST_LINE = Pattern.compile(DIGEST + " = '([^']*)'");

  private StepConfig() {}

  /**
   * The launch's {@code configText}.
   *
   * @param before what the launchpad sets
   */
  static String text(ContainerSpec spec, String before) {
    Map<String, String> variables = new TreeMap<>(spec.environment());
    variables.put(DIGEST, spec.digest().value());
    StringBuilder text = new StringBuilder(before.isEmpty() ? "" : before.stripTrailing() + "\n");
    text.append("process {\n")
        .append("  container = ")
        .append(quoted(spec.image()))
        .append("\n  cpus = ")
        .append((int) Math.ceil(spec.cpus()))
        .append("\n  memory = ")
        .append(quoted(spec.memoryMb() + " MB"))
        .append("\n}\nenv {\n");
    variables.forEach(
        (name, value) ->
            text.append("  ").append(name).append(" = ").append(quoted(value)).append('\n'));
    return text.append("}\n").toString();
  }

  /** The spec's digest in such a text; empty in any other. */
  static String digest(String text) {
    Matcher line = DIGEST_LINE.matcher(text);
    return line.find() ? line.group(1) : "";
  }

  /** Nothing in single quotes is code. */
  private static String quoted(String value) {
    return "'"
        + value.replace("\\", "\\\\").replace("'", "\\'").replace("\r", "\\r").replace("\n", "\\n")
        + "'";
  }
}
