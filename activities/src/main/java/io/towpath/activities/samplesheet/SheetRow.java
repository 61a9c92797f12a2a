package io.towpath.activities.samplesheet;

import java.util.Map;

/**
 * One row.
 *
 * @param line physical line on which it begins, from 1
 * @param values its cells by column, in order; texts in CSV and TSV, any JSON value but null in the
 *     other forms
 * @param placed whether the place of every file that it names is known
 */
public record SheetRow(int line, Map<String, Object> values, boolean placed) {
  SheetRow(int line, Map<String, Object> values) {
    this(line, values, true);
  }

  /** Where a cell of it lies, for a person. */
  public String place(String column) {
    return "line " + line + ", column " + column;
  }
}
