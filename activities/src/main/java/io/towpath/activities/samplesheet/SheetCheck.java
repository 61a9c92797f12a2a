package io.towpath.activities.samplesheet;

import io.towpath.workflows.model.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** One pass over a sheet that finds its header, counts its rows and lists what is wrong with it. */
final class SheetCheck {
  private static final int MOST_PROBLEMS = 500;

  private final List<String> header = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();
  private long rows;

  private SheetCheck() {}

  static SheetCheck of(byte[] bytes, SheetForm form) {
    SheetCheck check = new SheetCheck();
    if (form.unreadable().isPresent()) {
      check.problem("the sheet", form.unreadable().get());
      return check;
    }
    SheetScanner scanner = new SheetScanner(bytes, form.start(), form.delimiter());
    check.readHeader(scanner);
    check.readRows(scanner);
    if (check.header.isEmpty()) {
      check.problem("the sheet", "it is empty; expected a header line and one line per sample");
    } else if (check.rows == 0 && check.problems.isEmpty()) {
      check.problem("the sheet", "it has a header but no rows; expected one line per sample");
    }
    return check;
  }

  List<String> header() {
    return List.copyOf(header);
  }

  long rows() {
    return rows;
  }

  List<Problem> problems() {
    return List.copyOf(problems);
  }

  /** The name of a column, or its number from 1 where it has none. */
  String columnName(int index) {
    String name = index < header.size() ? header.get(index) : "";
    return name.isEmpty() ? String.valueOf(index + 1) : name;
  }

  private void readHeader(SheetScanner scanner) {
    Set<String> seen = new HashSet<>();
    while (scanner.next()) {
      String name = scanner.text().strip();
      header.add(name);
      checkQuotes(scanner);
      if (!name.isEmpty() && !seen.add(name)) {
        problem(
            place(scanner),
            "the header names \"" + name + "\" twice; give each column a name of its own");
      }
      if (name.startsWith("syn://")) {
        problem(place(scanner), "found a reference in the first line; expected the columns' names");
      }
      if (scanner.endsRow()) {
        return;
      }
    }
  }

  private void readRows(SheetScanner scanner) {
    while (scanner.next()) {
      checkQuotes(scanner);
      if (scanner.endsRow()) {
        rows++;
        checkWidth(scanner);
      }
    }
  }

  private void checkWidth(SheetScanner scanner) {
    int cells = scanner.column() + 1;
    if (cells != header.size()) {
      problem(
          "line " + scanner.line(),
          "found "
              + cells
              + (cells == 1 ? " cell" : " cells")
              + ", expected "
              + header.size()
              + " as in the header; check the delimiter and the quotes of this line");
    }
  }

  private void checkQuotes(SheetScanner scanner) {
    switch (scanner.fault()) {
      case UNCLOSED_QUOTE ->
          problem(place(scanner), "a quote opens here and is never closed; close or remove it");
      case TEXT_AFTER_QUOTE ->
          problem(
              place(scanner),
              "found text after a closing quote; expected the delimiter, or quotes inside the cell"
                  + " doubled");
      case NONE -> {}
    }
  }

  private String place(SheetScanner scanner) {
    return "line " + scanner.line() + ", column " + columnName(scanner.column());
  }

  private void problem(String place, String text) {
    if (problems.size() < MOST_PROBLEMS) {
      problems.add(new Problem(place, text));
    }
  }
}
