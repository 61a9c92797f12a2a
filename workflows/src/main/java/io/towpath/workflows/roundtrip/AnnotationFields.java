package io.towpath.workflows.roundtrip;

import io.towpath.workflows.model.Glob;
import io.towpath.workflows.request.Fields;
import io.towpath.workflows.synapse.AnnotationRule;
import io.towpath.workflows.synapse.AnnotationRule.FromTable;
import io.towpath.workflows.synapse.AnnotationValue;
import io.towpath.workflows.synapse.Captures;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Reads {@code index.annotations}. What the request shows to break Synapse's rules (contract
 * section 5) is a problem here; what only the outputs can show becomes a warning of the index.
 */
final class AnnotationFields {
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9,_.]+");

  /** Of 100 that Synapse takes, one is ours. */
  private static final int MOST_NAMES = 99;

  private AnnotationFields() {}

  static List<AnnotationRule> read(Fields fields) {
    List<AnnotationRule> rules =
        fields.optionalObjects(
            "annotations",
            "what files are told by; later entries override earlier ones",
            AnnotationFields::rule);
    TreeSet<String> names = new TreeSet<>();
    for (AnnotationRule rule : rules) {
      names.addAll(rule.set().keySet());
      rule.fromTable().ifPresent(table -> names.addAll(table.set().keySet()));
    }
    if (names.size() > MOST_NAMES) {
      fields.problem(
          "annotations",
          names.size() + " names are too many; Synapse takes " + MOST_NAMES + " beside ours");
    }
    return rules;
  }

  private static AnnotationRule rule(Fields fields) {
    String match =
        fields.text("match", "glob on the path below the prefix; {name} keeps what it stands for");
    List<String> captures = captures(fields, match);
    Map<String, Object> set =
        fields.free("set", "values by name: text with {name}, number, true or false, or a list");
    set.forEach((name, value) -> checkValue(fields, name, value, captures));
    Optional<FromTable> table =
        fields.optionalObject(
            "fromTable",
            "values lifted from the row of a table, CSV or TSV, among the outputs",
            inner -> table(inner, captures));
    if (set.isEmpty() && table.isEmpty()) {
      fields.problem("set", "missing; set or fromTable says what the files are told by");
    }
    return new AnnotationRule(match, set, table);
  }

  private static List<String> captures(Fields fields, String match) {
    try {
      return Glob.capturing(match).captures();
    } catch (IllegalArgumentException e) {
      fields.problem("match", String.valueOf(e.getMessage()));
      return List.of();
    }
  }

  private static void checkValue(Fields fields, String name, Object value, List<String> captures) {
    String at = "set." + name;
    checkName(fields, at, name);
    try {
      AnnotationValue annotation = AnnotationValue.of(value);
      annotation.values().forEach(text -> checkCaptures(fields, at, text, captures));
    } catch (IllegalArgumentException e) {
      fields.problem(at, String.valueOf(e.getMessage()));
    }
  }

  private static FromTable table(Fields fields, List<String> captures) {
    String row = fields.text("match", "what stands in the key column, such as {sample}");
    checkCaptures(fields, "match", row, captures);
    Map<String, String> set = new TreeMap<>();
    Map<String, Object> columns = fields.free("set", "columns by the annotation's name");
    columns.forEach(
        (name, column) -> {
          checkName(fields, "set." + name, name);
          if (column instanceof String text && !text.isBlank()) {
            set.put(name, text);
          } else {
            fields.problem("set." + name, "must be the name of a column");
          }
        });
    if (columns.isEmpty()) {
      fields.problem("set", "missing; expected {\"pctMapped\": \"name of a column\"}");
    }
    return new FromTable(
        fields.text("file", "path of the table below the output directory"),
        fields.text("key", "the column that the row is found by"),
        row,
        set);
  }

  private static void checkCaptures(Fields fields, String at, String text, List<String> captures) {
    for (String unknown : Captures.unknownIn(text, captures)) {
      fields.problem(
          at,
          "\""
              + unknown
              + "\" stands for nothing; match has "
              + (captures.isEmpty() ? "no captures" : "the captures " + captures));
    }
  }

  private static void checkName(Fields fields, String at, String name) {
    if (!NAME.matcher(name).matches()) {
      fields.problem(
          at, "\"" + name + "\" is no annotation name: letters, digits, ',', '_' and '.' only");
    } else if (name.equals("_accessRequirementIds") || name.startsWith("towpath.")) {
      fields.problem(at, "\"" + name + "\" is reserved; take another name");
    }
  }
}
