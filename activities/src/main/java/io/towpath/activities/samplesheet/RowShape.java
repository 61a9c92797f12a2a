package io.towpath.activities.samplesheet;

import io.towpath.workflows.model.Problem;
import io.towpath.workflows.samplesheet.PrepareRules;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Maps, renames and selects the cells of one row after the other. */
final class RowShape {
  private final PrepareRules rules;
  private final String place;
  private final List<CellExpression> expressions = new ArrayList<>();
  private final List<String> columns;
  private final List<Problem> problems = new ArrayList<>();
  private final ExpressionBudget budget = new ExpressionBudget();

  /**
   * @param place where the request has the rules
   * @param header columns of the sheet; empty when they are not known
   */
  RowShape(PrepareRules rules, String place, List<String> header) {
    this.rules = rules;
    this.place = place;
    rules.map().forEach(this::compile);
    Set<String> known = new LinkedHashSet<>();
    for (int i = 0; i < header.size(); i++) {
      known.add(header.get(i).isEmpty() ? String.valueOf(i + 1) : header.get(i));
    }
    known.addAll(rules.map().keySet());
    Set<String> named = header.isEmpty() ? Set.of() : renamed(known);
    if (!header.isEmpty()) {
      requireAll("select", rules.select(), named);
      requireAll("group", rules.group(), named);
    }
    this.columns = rules.select().isEmpty() ? List.copyOf(named) : rules.select();
  }

  /** The columns of the prepared sheet, in order. */
  List<String> columns() {
    return columns;
  }

  /** What is wrong with the rules. */
  List<Problem> problems() {
    return List.copyOf(problems);
  }

  /** The row as it is written; a cell whose expression fails is left out and reported. */
  SheetRow apply(SheetRow row, ProblemList found) {
    Map<String, Object> values = new LinkedHashMap<>(row.values());
    long begun = System.nanoTime();
    for (CellExpression expression : List.copyOf(expressions)) {
      try {
        Optional<Object> value = expression.of(row.values());
        value.ifPresentOrElse(
            present -> values.put(expression.column(), present),
            () -> values.remove(expression.column()));
      } catch (Expression.Refused e) {
        values.remove(expression.column());
        found.add(row.place(expression.column()), place + ".map: " + e.getMessage());
        if (e.hopeless()) {
          expressions.remove(expression);
        }
      }
    }
    budget.spendSince(begun);
    requireTime(row, found);
    return new SheetRow(row.line(), named(values), row.placed());
  }

  private void requireTime(SheetRow row, ProblemList found) {
    if (budget.exceeded() && !expressions.isEmpty()) {
      expressions.clear();
      found.add(
          place + ".map",
          ExpressionBudget.told()
              + " up to line "
              + row.line()
              + "; simplify the expressions, or use prepare.activity");
    }
  }

  private Map<String, Object> named(Map<String, Object> values) {
    Map<String, Object> shaped = new LinkedHashMap<>();
    Map<String, Object> named = new LinkedHashMap<>();
    values.forEach((name, value) -> named.put(rules.rename().getOrDefault(name, name), value));
    for (String column : columns) {
      Object value = named.get(column);
      if (value != null) {
        shaped.put(column, value);
      }
    }
    return shaped;
  }

  private void compile(String column, String text) {
    try {
      expressions.add(CellExpression.of(column, text));
    } catch (Expression.Refused e) {
      problems.add(new Problem(place + ".map." + column, String.valueOf(e.getMessage())));
    }
  }

  private Set<String> renamed(Set<String> known) {
    Set<String> named = new LinkedHashSet<>();
    requireAll("rename", List.copyOf(rules.rename().keySet()), known);
    for (String column : known) {
      String name = rules.rename().getOrDefault(column, column);
      if (!named.add(name)) {
        problems.add(
            new Problem(
                place + ".rename",
                "two columns would be called \"" + name + "\"; rename or leave out one of them"));
      }
    }
    return named;
  }

  private void requireAll(String field, List<String> asked, Set<String> known) {
    for (String column : asked) {
      if (!known.contains(column)) {
        problems.add(
            new Problem(
                place + "." + field,
                "there is no column \"" + column + "\" at this point; there are " + known));
      }
    }
  }
}
