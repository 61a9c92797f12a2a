package io.towpath.sandbox.engine;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A sample sheet: a header and rows, comma or tab separated. */
final class Sheet {
  private final char separator;
  private final List<List<String>> lines;

  private Sheet(char separator, List<List<String>> lines) {
    this.separator = separator;
    this.lines = lines;
  }

  static Sheet parse(String text) {
    String clean = text.startsWith("\uFEFF") ? text.substring(1) : text;
    String header = clean.lines().findFirst().orElse("");
    char separator = header.contains("\t") && !header.contains(",") ? '\t' : ',';
    List<List<String>> lines = new ArrayList<>();
    for (CsvRecord line :
        CsvReader.builder()
            .fieldSeparator(separator)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .ofCsvRecord(clean)) {
      lines.add(line.getFields());
    }
    return new Sheet(separator, lines);
  }

  /** One name per row: the column {@code sample}, else the first; made unique and safe in a key. */
  List<String> rowNames() {
    if (lines.isEmpty()) {
      return List.of();
    }
    int column = Math.max(0, lines.get(0).indexOf("sample"));
    Set<String> names = new LinkedHashSet<>();
    for (List<String> row : lines.subList(1, lines.size())) {
      String cell = column < row.size() ? row.get(column).strip() : "";
      String safe = cell.isEmpty() ? "row" : cell.replaceAll("[^A-Za-z0-9._-]", "_");
      String name = safe;
      for (int n = names.size() + 1; !names.add(name); n++) {
        name = safe + "-" + n;
      }
    }
    return List.copyOf(names);
  }

  List<String> rowTexts() {
    return lines.stream().skip(1).map(row -> String.join(",", row)).toList();
  }

  /** The sheet with every cell changed as told, quoted anew where needed. */
  String rewrite(UnaryOperator<String> cell) {
    StringWriter text = new StringWriter();
    try (CsvWriter writer = CsvWriter.builder().fieldSeparator(separator).build(text)) {
      for (List<String> line : lines) {
        writer.writeRecord(line.stream().map(cell).toList());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }
}
