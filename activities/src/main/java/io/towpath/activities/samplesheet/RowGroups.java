package io.towpath.activities.samplesheet;

import io.towpath.activities.rows.Fingerprints;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes one row of rows that follow each other and agree in some columns. Of the other cells empty
 * ones do not count; what is left of a column stays one value when it is one, and becomes a list
 * otherwise. One group is in memory at a time, and a hash of each earlier one.
 */
final class RowGroups {
  private final List<String> by;
  private final Consumer<SheetRow> each;
  private final ProblemList problems;
  private final Fingerprints seen = new Fingerprints();
  private final Map<String, List<Object>> cells = new LinkedHashMap<>();
  private @Nullable List<String> key;
  private int line;
  private boolean placed;

  RowGroups(List<String> by, ProblemList problems, Consumer<SheetRow> each) {
    this.by = List.copyOf(by);
    this.problems = problems;
    this.each = each;
  }

  void add(SheetRow row) {
    if (by.isEmpty()) {
      each.accept(row);
      return;
    }
    List<String> own =
        by.stream().map(name -> RowWriter.text(row.values().getOrDefault(name, ""))).toList();
    if (!own.equals(key)) {
      end();
      begin(own, row);
    }
    placed &= row.placed();
    row.values().forEach(this::collect);
  }

  /** Hands over the last group. */
  void end() {
    if (key == null) {
      return;
    }
    Map<String, Object> values = new LinkedHashMap<>();
    cells.forEach((name, list) -> values.put(name, list.size() == 1 ? list.get(0) : list(list)));
    each.accept(new SheetRow(line, values, placed));
    cells.clear();
    key = null;
  }

  private void begin(List<String> own, SheetRow row) {
    key = own;
    line = row.line();
    placed = true;
    if (!seen.add(String.join("\0", own))) {
      problems.add(
          row.place(by.get(0)),
          "the group "
              + Shortened.of(own)
              + " comes again after another one; sort the sheet by "
              + by);
    }
  }

  private void collect(String name, Object value) {
    if (value instanceof String text && text.isBlank()) {
      return;
    }
    List<Object> known = cells.computeIfAbsent(name, n -> new ArrayList<>(2));
    if (!known.contains(value)) {
      known.add(value);
    }
  }

  private static List<Object> list(List<Object> values) {
    return List.copyOf(values);
  }
}
