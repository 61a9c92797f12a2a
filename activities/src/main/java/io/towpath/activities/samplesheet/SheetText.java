package io.towpath.activities.samplesheet;

import io.towpath.workflows.model.Problem;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A sheet as its bytes: cells are read from it and replaced in it, and every other byte stays. BOM,
 * quoting, delimiter, line ends and a missing last line end are kept because they are never
 * written.
 */
public final class SheetText implements Sheet {
  private final byte[] bytes;
  private final SheetForm form;
  private final SheetCheck check;

  private SheetText(byte[] bytes, SheetForm form, SheetCheck check) {
    this.bytes = bytes;
    this.form = form;
    this.check = check;
  }

  /**
   * Reads a sheet; what is wrong with it is in {@link #problems}.
   *
   * @param name its file name, whose extension decides where its header does not
   * @param format {@code csv}, {@code tsv}, or anything else to find out
   */
  public static SheetText of(byte[] bytes, String name, String format) {
    SheetForm form = SheetForm.of(bytes, name, format);
    return new SheetText(bytes, form, SheetCheck.of(bytes, form));
  }

  @Override
  public char delimiter() {
    return form.delimiter();
  }

  /** Names of the columns, without surrounding white space. */
  @Override
  public List<String> header() {
    return check.header();
  }

  /** Rows below the header; blank lines do not count. */
  @Override
  public long rows() {
    return check.rows();
  }

  /** Everything that is wrong with how the sheet is written, with line and column; at most 500. */
  @Override
  public List<Problem> problems() {
    return check.problems();
  }

  /** Hands over every cell below the header, in order. */
  @Override
  public void forEachCell(Consumer<SheetCell> each) {
    if (!form.readable()) {
      return;
    }
    SheetScanner scanner = new SheetScanner(bytes, form.start(), form.delimiter());
    long row = -1;
    while (scanner.next()) {
      row += scanner.column() == 0 ? 1 : 0;
      if (row > 0) {
        each.accept(cell(scanner, row));
      }
    }
  }

  @Override
  public String form() {
    return form.delimiter() == '\t' ? "tsv" : "csv";
  }

  @Override
  public void forEachRow(
      Function<SheetCell, Optional<String>> replacement, Consumer<SheetRow> each) {
    RowBuilder rows = new RowBuilder(replacement, each);
    forEachCell(rows::add);
    rows.end();
  }

  /** Puts the cells of a row together. */
  private static final class RowBuilder {
    private final Function<SheetCell, Optional<String>> replacement;
    private final Consumer<SheetRow> each;
    private Map<String, Object> values = new LinkedHashMap<>();
    private long row;
    private int line;

    RowBuilder(Function<SheetCell, Optional<String>> replacement, Consumer<SheetRow> each) {
      this.replacement = replacement;
      this.each = each;
    }

    void add(SheetCell cell) {
      if (cell.row() != row) {
        end();
        row = cell.row();
        line = cell.line();
        values = new LinkedHashMap<>();
      }
      values.put(cell.column(), replacement.apply(cell).orElse(cell.text()));
    }

    void end() {
      if (row > 0) {
        each.accept(new SheetRow(line, values));
      }
    }
  }

  @Override
  public void rewrite(Function<SheetCell, Optional<String>> replacement, OutputStream out) {
    int[] copied = {0};
    forEachCell(
        cell ->
            replacement
                .apply(cell)
                .ifPresent(
                    value -> {
                      write(out, bytes, copied[0], cell.begin());
                      byte[] written = written(value, cell.quoted());
                      write(out, written, 0, written.length);
                      copied[0] = cell.end();
                    }));
    write(out, bytes, copied[0], bytes.length);
  }

  private static void write(OutputStream out, byte[] bytes, int from, int to) {
    try {
      out.write(bytes, from, to - from);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private SheetCell cell(SheetScanner scanner, long row) {
    return new SheetCell(
        scanner.text(),
        scanner.line(),
        row,
        check.columnName(scanner.column()),
        scanner.begin(),
        scanner.end(),
        scanner.quoted());
  }

  /** A value as a cell: in quotes if the cell had them or the value needs them. */
  private byte[] written(String value, boolean quoted) {
    String cell = RowWriter.cell(value, form.delimiter(), quoted);
    return cell.getBytes(StandardCharsets.UTF_8);
  }
}
