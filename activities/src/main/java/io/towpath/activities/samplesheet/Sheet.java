package io.towpath.activities.samplesheet;

import io.towpath.workflows.model.Problem;
import io.towpath.workflows.samplesheet.SheetRules;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** A sample sheet in any of its forms, held as its bytes; its rows are read one at a time. */
public interface Sheet {
  /**
   * Reads a sheet; what is wrong with it is in {@link #problems}.
   *
   * @param name its file name, whose extension decides where the rules and its header do not
   */
  static Sheet of(byte[] bytes, String name, SheetRules rules) {
    String form = rules.formOf(name);
    return form.equals("json") || form.equals("yaml")
        ? TreeSheet.of(bytes, form)
        : SheetText.of(bytes, name, rules.format());
  }

  /** Names of the columns, without surrounding white space, in order of first use. */
  List<String> header();

  /** Rows; a header and blank lines do not count. */
  long rows();

  /** {@code csv}, {@code tsv}, {@code json} or {@code yaml}. */
  String form();

  /** What parts the cells of a row; a comma where the form has no delimiter. */
  char delimiter();

  /** Everything that is wrong with how the sheet is written, with line and column; at most 500. */
  List<Problem> problems();

  /** Hands over every cell that may hold a text, in order. */
  void forEachCell(Consumer<SheetCell> each);

  /** Hands over every row, with those cells replaced for which {@code replacement} has a value. */
  void forEachRow(Function<SheetCell, Optional<String>> replacement, Consumer<SheetRow> each);

  /** Writes the sheet with those cells replaced for which {@code replacement} has a value. */
  void rewrite(Function<SheetCell, Optional<String>> replacement, OutputStream out);
}
