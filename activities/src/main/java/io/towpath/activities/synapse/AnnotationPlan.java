package io.towpath.activities.synapse;

import io.towpath.workflows.model.Glob;
import io.towpath.workflows.synapse.AnnotationRule;
import io.towpath.workflows.synapse.AnnotationValue;
import io.towpath.workflows.synapse.Captures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Says which annotations each output gets. What the outputs turn out not to allow leaves a value
 * out and is a warning: the runs that made them were too dear to fail for it.
 */
final class AnnotationPlan {
  private static final int MOST_WARNINGS = 20;

  private final List<Rule> rules = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private long more;

  /** One rule, and how it fares. */
  private static final class Rule {
    private final String place;
    private final AnnotationRule asked;
    private final Glob match;
    private final Map<String, AnnotationValue> set = new TreeMap<>();
    private final Optional<AnnotationTable> table;
    private long matched;
    private long withoutRow;
    private String firstWithoutRow = "";

    private Rule(String place, AnnotationRule asked, Optional<AnnotationTable> table) {
      this.place = place;
      this.asked = asked;
      this.match = Glob.capturing(asked.match());
      this.table = table;
      asked.set().forEach((name, value) -> set.put(name, AnnotationValue.of(value)));
    }
  }

  /**
   * @param tables read once here, whatever number of files asks for them
   */
  AnnotationPlan(List<AnnotationRule> asked, AnnotationTables tables) {
    for (int i = 0; i < asked.size(); i++) {
      String place = "index.annotations[" + i + "]";
      Optional<AnnotationTable> table =
          asked.get(i).fromTable().flatMap(from -> table(place + ".fromTable", from, tables));
      rules.add(new Rule(place, asked.get(i), table));
    }
  }

  boolean isEmpty() {
    return rules.isEmpty();
  }

  /** The annotations of the output with this path; later rules override earlier ones. */
  Map<String, AnnotationValue> of(String path) {
    Map<String, AnnotationValue> all = new TreeMap<>();
    for (Rule rule : rules) {
      Optional<Map<String, String>> captured = rule.match.captured(path);
      if (captured.isPresent()) {
        rule.matched++;
        rule.set.forEach((name, value) -> put(all, rule, path, name, value.filled(captured.get())));
        row(rule, captured.get()).forEach((name, value) -> put(all, rule, path, name, value));
      }
    }
    return all;
  }

  /** What could not be, known once every output was asked for. */
  List<String> warnings() {
    List<String> all = new ArrayList<>(warnings);
    for (Rule rule : rules) {
      if (rule.matched == 0) {
        all.add(rule.place + ": \"" + rule.asked.match() + "\" matches no output");
      }
      if (rule.withoutRow > 0) {
        all.add(
            rule.place
                + ".fromTable: "
                + rule.withoutRow
                + " files have no row, such as \""
                + rule.firstWithoutRow
                + "\"");
      }
    }
    if (more > 0) {
      all.add("and " + more + " more annotations were left out");
    }
    return all;
  }

  private Optional<AnnotationTable> table(
      String place, AnnotationRule.FromTable from, AnnotationTables tables) {
    try {
      AnnotationTable table = AnnotationTable.of(from, tables.get(from.file()));
      table.warnings().forEach(warning -> warn(place + ": " + warning));
      return Optional.of(table);
    } catch (AnnotationTables.Unusable e) {
      warn(place + ": " + e.getMessage() + "; the values were left out");
      return Optional.empty();
    }
  }

  private static Map<String, AnnotationValue> row(Rule rule, Map<String, String> captured) {
    if (rule.table.isEmpty() || rule.asked.fromTable().isEmpty()) {
      return Map.of();
    }
    String key = Captures.fill(rule.asked.fromTable().get().match(), captured);
    Optional<Map<String, AnnotationValue>> row = rule.table.get().row(key);
    if (row.isEmpty()) {
      rule.firstWithoutRow = rule.withoutRow == 0 ? key : rule.firstWithoutRow;
      rule.withoutRow++;
    }
    return row.orElse(Map.of());
  }

  private void put(
      Map<String, AnnotationValue> all,
      Rule rule,
      String path,
      String name,
      AnnotationValue value) {
    String problem = value.problem();
    if (problem.isEmpty()) {
      all.put(name, value);
    } else {
      warn(rule.place + ": " + name + " of " + path + " was left out: " + problem);
    }
  }

  private void warn(String warning) {
    if (warnings.size() < MOST_WARNINGS) {
      warnings.add(warning);
    } else {
      more++;
    }
  }
}
