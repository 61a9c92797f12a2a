package io.towpath.activities.samples;

import io.towpath.activities.samplesheet.SheetRow;
import java.util.List;
import java.util.Map;

/**
 * One sample of a sheet as it was read.
 *
 * @param id its name, without surrounding white space
 * @param rows its rows, at least one, in the order of the sheet
 */
record SampleRows(String id, List<SheetRow> rows) {
  /** Where it begins, for a person. */
  String place() {
    return "line " + rows.get(0).line() + ", sample " + id;
  }

  List<Map<String, Object>> values() {
    return rows.stream().map(SheetRow::values).toList();
  }

  /** A cell without surrounding white space; empty where there is none. */
  static String cell(SheetRow row, String column) {
    return String.valueOf(row.values().getOrDefault(column, "")).strip();
  }
}
