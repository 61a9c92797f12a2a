package io.towpath.workflows.tower;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What follows {@code nextflow run PIPELINE} on a command line, as a launch has it. */
public final class PipelineArguments {
  private static final Pattern NAMED = Pattern.compile("--([A-Za-z_][\\w.-]*)(?:=(.*))?");

  private PipelineArguments() {}

  /**
   * Parameters of the pipeline by name: {@code --name value}, {@code --name=value}, or {@code
   * --name} alone for true. Values get the type that Nextflow gives them there.
   *
   * @throws IllegalArgumentException for anything else
   */
  public static Map<String, Object> params(List<String> words) {
    Map<String, Object> params = new TreeMap<>();
    for (int i = 0; i < words.size(); i++) {
      Matcher named = NAMED.matcher(words.get(i));
      if (!named.matches()) {
        throw new IllegalArgumentException(
            "\"" + words.get(i) + "\" is no parameter of a pipeline; expected --name value");
      }
      boolean alone = i + 1 == words.size() || words.get(i + 1).startsWith("--");
      String value = named.group(2);
      if (value == null) {
        value = alone ? "true" : words.get(++i);
      }
      params.put(named.group(1), typed(value));
    }
    return params;
  }

  private static Object typed(String value) {
    if (value.equals("true") || value.equals("false")) {
      return Boolean.valueOf(value);
    }
    if (value.matches("-?(0|[1-9]\\d{0,17})")) {
      return Long.valueOf(value);
    }
    return value.matches("-?(0|[1-9]\\d{0,14})\\.\\d{1,15}") ? Double.valueOf(value) : value;
  }
}
