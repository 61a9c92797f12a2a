package io.towpath.workflows.samplesheet;

import java.util.List;
import java.util.Locale;

/**
 * How a sheet is read.
 *
 * @param format {@code auto}, {@code csv}, {@code tsv}, {@code json} or {@code yaml}
 * @param columns columns that may hold bare ids ({@code syn123}) beside {@code syn://} references,
 *     which count anywhere; empty is none
 */
public record SheetRules(String format, List<String> columns) {
  public SheetRules {
    columns = columns == null ? List.of() : List.copyOf(columns);
  }

  /**
   * The form of a sheet of this name: {@code csv}, {@code tsv}, {@code json} or {@code yaml}. Its
   * header may still show that what is named CSV is parted by tabs or semicolons.
   */
  public String formOf(String name) {
    if (!format.equals("auto")) {
      return format;
    }
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.endsWith(".json")) {
      return "json";
    }
    if (lower.endsWith(".yaml") || lower.endsWith(".yml")) {
      return "yaml";
    }
    return lower.endsWith(".tsv") ? "tsv" : "csv";
  }
}
