package io.towpath.activities.samples;

import io.towpath.activities.samplesheet.Expression;
import io.towpath.activities.samplesheet.FileNames;
import io.towpath.activities.samplesheet.ProblemList;
import io.towpath.workflows.samples.TaskInputs;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The template of the names of tasks, {@code rnaseq - {sample_id} [{opKey}]}. A template without
 * the key gets it at its end, for a task is found by it.
 */
final class TaskName {
  private static final String FIELD = "tasks.name";
  private static final String KEY = "{opKey}";
  private static final Pattern PLACE = Pattern.compile("\\{([^{}]*)}");

  private final String template;
  private final ProblemList problems;

  TaskName(String template, ProblemList problems) {
    this.template = template.contains(KEY) ? template : (template + " [" + KEY + "]").strip();
    this.problems = problems;
  }

  /** Tells what it names and the sheet has not. */
  void check(List<String> header) {
    PLACE
        .matcher(template)
        .results()
        .map(found -> found.group(1))
        .filter(column -> !column.equals("opKey") && !header.contains(column))
        .forEach(
            column ->
                problems.add(
                    FIELD,
                    "{"
                        + column
                        + "} is no column of the sheet"
                        + GroupedSheet.meant(column, header)
                        + "; expected {opKey} or one of "
                        + header));
  }

  /** The name of a sample's task; what is wrong with it is told. */
  String of(SampleContext sample) {
    try {
      String name = PLACE.matcher(template).replaceAll(found -> value(found, sample.shared()));
      String shown = FileNames.shown(name);
      if (name.chars().anyMatch(Character::isISOControl)) {
        problems.add(sample.place(), FIELD + ": \"" + shown + "\" has a control character");
      }
      return name;
    } catch (Expression.Objection e) {
      problems.add(sample.place(), FIELD + ": " + e.getError());
      return "";
    }
  }

  private static String value(MatchResult found, Map<String, Object> columns) {
    Object value =
        found.group().equals(KEY)
            ? TaskInputs.OP_KEY
            : columns.getOrDefault(found.group(1), found.group());
    return Matcher.quoteReplacement(String.valueOf(value));
  }
}
