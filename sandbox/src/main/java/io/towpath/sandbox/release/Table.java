package io.towpath.sandbox.release;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tables with a header, separated by commas or tabs; cells may be quoted. */
final class Table {
  private Table() {}

  static List<Map<String, @Nullable Object>> parse(String text, String format) {
    char separator = format.equals("tsv") ? '\t' : ',';
    List<Map<String, @Nullable Object>> rows = new ArrayList<>();
    List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
    List<String> header = lines.isEmpty() ? List.of() : cells(lines.get(0), separator);
    for (String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
      List<String> cells = cells(line, separator);
      Map<String, @Nullable Object> row = new LinkedHashMap<>();
      for (int i = 0; i < header.size(); i++) {
        row.put(header.get(i), value(i < cells.size() ? cells.get(i) : ""));
      }
      rows.add(row);
    }
    return rows;
  }

  /** Cuts at separators that an even number of quotes follows. */
  private static List<String> cells(String line, char separator) {
    return Arrays.stream(line.split(separator + "(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1))
        .map(cell -> cell.startsWith("\"") ? cell.substring(1, cell.length() - 1) : cell)
        .map(cell -> cell.replace("\"\"", "\""))
        .toList();
  }

  /** Numbers stay as they are written, so that equal tables make equal files. */
  private static @Nullable Object value(String cell) {
    if (cell.isEmpty()) {
      return null;
    }
    return cell.matches("-?(0|[1-9]\\d*)(\\.\\d+)?") ? new BigDecimal(cell) : cell;
  }
}
