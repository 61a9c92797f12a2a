package io.towpath.workflows.samplesheet;

import java.util.List;

/**
 * How a sheet is read.
 *
 * @param format {@code auto}, {@code csv} or {@code tsv}
 * @param columns columns that may hold bare ids ({@code syn123}) beside {@code syn://} references,
 *     which count anywhere; empty is none
 */
public record SheetRules(String format, List<String> columns) {
  public SheetRules {
    columns = columns == null ? List.of() : List.copyOf(columns);
  }
}
