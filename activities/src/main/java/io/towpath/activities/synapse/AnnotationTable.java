package io.towpath.activities.synapse;

import io.towpath.workflows.synapse.AnnotationRule.FromTable;
import io.towpath.workflows.synapse.AnnotationValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Rows of a table by key, with the wanted columns as annotations. A column is of whole numbers, of
 * numbers or of texts as a whole, so that a view over the files gets one column of one type; of a
 * column of numbers, {@code NA} and its like are no value.
 */
final class AnnotationTable {
  private static final Set<String> NOTHING = Set.of("NA", "N/A", "NaN", "nan", "None", "-");
  private static final Pattern WHOLE = Pattern.compile("[+-]?\\d{1,18}");
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d{1,3})?");

  private final Map<String, Map<String, AnnotationValue>> rows = new HashMap<>();
  private final List<String> warnings = new ArrayList<>();

  private AnnotationTable() {}

  static AnnotationTable of(FromTable from, AnnotationTables.Rows text)
      throws AnnotationTables.Unusable {
    int key = text.header().indexOf(from.key());
    if (key < 0) {
      throw new AnnotationTables.Unusable(noColumn(from, from.key(), text));
    }
    AnnotationTable table = new AnnotationTable();
    for (List<String> row : text.rows()) {
      if (key < row.size() && table.rows.putIfAbsent(row.get(key), new TreeMap<>()) != null) {
        table.warnings.add(
            from.file() + " has \"" + row.get(key) + "\" more than once; its first row counts");
      }
    }
    for (Map.Entry<String, String> wanted : from.set().entrySet()) {
      int column = text.header().indexOf(wanted.getValue());
      if (column < 0) {
        table.warnings.add(noColumn(from, wanted.getValue(), text));
      } else {
        table.lift(wanted.getKey(), key, column, text.rows());
      }
    }
    return table;
  }

  /** The annotations that a row gives; empty when there is no such row. */
  Optional<Map<String, AnnotationValue>> row(String key) {
    return Optional.ofNullable(rows.get(key));
  }

  List<String> warnings() {
    return warnings;
  }

  private void lift(String name, int key, int column, List<List<String>> text) {
    String type = typeOf(column, text);
    for (List<String> row : text) {
      if (key < row.size() && column < row.size()) {
        String cell = row.get(column).strip();
        boolean nothing = cell.isEmpty() || (!type.equals("STRING") && NOTHING.contains(cell));
        Map<String, AnnotationValue> values = rows.get(row.get(key));
        if (!nothing && values != null) {
          values.putIfAbsent(name, new AnnotationValue(type, List.of(cell)));
        }
      }
    }
  }

  private static String typeOf(int column, List<List<String>> text) {
    List<String> cells =
        text.stream()
            .filter(row -> column < row.size())
            .map(row -> row.get(column).strip())
            .filter(cell -> !cell.isEmpty() && !NOTHING.contains(cell))
            .toList();
    if (cells.isEmpty()) {
      return "STRING";
    }
    if (cells.stream().allMatch(cell -> WHOLE.matcher(cell).matches())) {
      return "LONG";
    }
    return cells.stream().allMatch(cell -> NUMBER.matcher(cell).matches()) ? "DOUBLE" : "STRING";
  }

  private static String noColumn(FromTable from, String column, AnnotationTables.Rows text) {
    return from.file()
        + " has no column \""
        + column
        + "\"; it has: "
        + Listing.of(text.header(), ", ");
  }
}
