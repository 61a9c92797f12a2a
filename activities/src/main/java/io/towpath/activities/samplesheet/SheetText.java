package io.towpath.activities.samplesheet;

import io.towpath.workflows.model.Problem;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A sheet as its bytes: cells are read from it and replaced in it, and every other byte stays. BOM,
 * quoting, delimiter, line ends and a missing last line end are kept because they are never
 * written.
 */
public final class SheetText {
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

  public char delimiter() {
    return form.delimiter();
  }

  /** Names of the columns, without surrounding white space. */
  public List<String> header() {
    return check.header();
  }

  /** Rows below the header; blank lines do not count. */
  public long rows() {
    return check.rows();
  }

  /** Everything that is wrong with how the sheet is written, with line and column; at most 500. */
  public List<Problem> problems() {
    return check.problems();
  }

  /** Hands over every cell below the header, in order. */
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

  /** The sheet with those cells replaced for which {@code replacement} has a value. */
  public byte[] rewrite(Function<SheetCell, Optional<String>> replacement) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + bytes.length / 4);
    int[] copied = {0};
    forEachCell(
        cell ->
            replacement
                .apply(cell)
                .ifPresent(
                    value -> {
                      out.write(bytes, copied[0], cell.begin() - copied[0]);
                      out.writeBytes(written(value, cell.quoted()));
                      copied[0] = cell.end();
                    }));
    out.write(bytes, copied[0], bytes.length - copied[0]);
    return out.toByteArray();
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
    boolean needed =
        value.indexOf(form.delimiter()) >= 0
            || value.indexOf('"') >= 0
            || value.indexOf('\n') >= 0
            || value.indexOf('\r') >= 0;
    String cell = quoted || needed ? '"' + value.replace("\"", "\"\"") + '"' : value;
    return cell.getBytes(StandardCharsets.UTF_8);
  }
}
