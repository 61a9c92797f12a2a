package io.towpath.proof.check;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A CSV table with a header, whose cells hold no line breaks. */
record Table(List<String> header, List<List<String>> rows) {
  private static final Pattern CELL =
      Pattern.compile("\"((?:[^\"]|\"\")*)\"(?:,|$)|([^,]*)(?:,|$)");

  static Table of(byte[] csv) {
    List<List<String>> lines =
        new String(csv, StandardCharsets.UTF_8).lines().map(Table::cells).toList();
    return lines.isEmpty()
        ? new Table(List.of(), List.of())
        : new Table(lines.get(0), lines.subList(1, lines.size()));
  }

  private static List<String> cells(String line) {
    List<String> cells = new ArrayList<>();
    Matcher cell = CELL.matcher(line + ",");
    while (cells.isEmpty() || cell.end() <= line.length()) {
      if (!cell.find()) {
        break;
      }
      String quoted = cell.group(1);
      cells.add(quoted == null ? cell.group(2) : quoted.replace("\"\"", "\""));
    }
    return cells;
  }

  /** A column by its name, top down. */
  List<String> column(String name) {
    int index = header.indexOf(name);
    if (index < 0) {
      throw new IllegalStateException("no column " + name + ", only " + header);
    }
    return rows.stream().map(row -> row.get(index)).toList();
  }
}
