package io.towpath.activities.samplesheet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds of a sheet that is read and written again, however it is written. */
class SheetRewriteTest {
  /** What is replaced. */
  private static final String FILE = "syn://syn1.2";

  /**
   * A table and how it is written.
   *
   * @param quoted which cells are written in quotes that need none
   */
  private record Written(
      List<List<String>> rows,
      List<Boolean> quoted,
      char delimiter,
      String lineEnd,
      boolean mark,
      boolean lastLineEnds) {
    String text() {
      int cell = 0;
      StringBuilder text = new StringBuilder(mark ? "\uFEFF" : "");
      for (List<String> row : rows) {
        List<String> cells = new ArrayList<>();
        for (String value : row) {
          cells.add(written(value, quoted.get(cell++ % quoted.size())));
        }
        text.append(String.join(String.valueOf(delimiter), cells)).append(lineEnd);
      }
      return lastLineEnds ? text.toString() : text.substring(0, text.length() - lineEnd.length());
    }

    private String written(String value, boolean inQuotes) {
      boolean needed =
          value.startsWith("\"") || value.chars().anyMatch(c -> c == delimiter || c < ' ');
      return needed || inQuotes ? "\"" + value.replace("\"", "\"\"") + "\"" : value;
    }

    SheetText sheet() {
      return SheetText.of(
          text().getBytes(StandardCharsets.UTF_8), "s.csv", delimiter == '\t' ? "tsv" : "csv");
    }
  }

  @Property
  void every_cell_is_read_as_it_was_meant(@ForAll("tables") Written written) {
    assertThat(texts(written.sheet()))
        .isEqualTo(written.rows().stream().skip(1).flatMap(List::stream).toList());
  }

  @Property
  void replacing_cells_changes_them_and_not_one_byte_besides(
      @ForAll("tables") Written written, @ForAll("places") String place) {
    SheetText sheet = written.sheet();
    SheetText after = rewritten(sheet, place);

    assertThat(texts(after))
        .isEqualTo(texts(sheet).stream().map(text -> text.equals(FILE) ? place : text).toList());
    assertThat(between(after, replacedCells(sheet)))
        .isEqualTo(between(sheet, replacedCells(sheet)));
  }

  private static SheetText rewritten(SheetText sheet, String place) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    sheet.rewrite(cell -> cell.text().equals(FILE) ? Optional.of(place) : Optional.empty(), out);
    return SheetText.of(out.toByteArray(), "s.csv", sheet.form());
  }

  private static List<String> texts(SheetText sheet) {
    return cells(sheet).stream().map(SheetCell::text).toList();
  }

  private static List<SheetCell> cells(SheetText sheet) {
    List<SheetCell> cells = new ArrayList<>();
    sheet.forEachCell(cells::add);
    return cells;
  }

  private static List<Integer> replacedCells(SheetText sheet) {
    List<SheetCell> cells = cells(sheet);
    List<Integer> replaced = new ArrayList<>();
    for (int i = 0; i < cells.size(); i++) {
      if (cells.get(i).text().equals(FILE)) {
        replaced.add(i);
      }
    }
    return replaced;
  }

  /** What stands before, between and behind these cells, byte by byte. */
  private static List<String> between(SheetText sheet, List<Integer> numbers) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    sheet.rewrite(cell -> Optional.empty(), all);
    byte[] bytes = all.toByteArray();
    List<SheetCell> cells = cells(sheet);
    List<String> pieces = new ArrayList<>();
    int from = 0;
    for (int number : numbers) {
      pieces.add(new String(bytes, from, cells.get(number).begin() - from, StandardCharsets.UTF_8));
      from = cells.get(number).end();
    }
    pieces.add(new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8));
    return pieces;
  }

  @Provide
  Arbitrary<String> places() {
    return Arbitraries.of("s3://b/k", "s3://b/a,b\tc", "s3://b/\"q\".fq", "s3://b/two words", "");
  }

  @Provide
  Arbitrary<Written> tables() {
    Arbitrary<String> value =
        Arbitraries.of(
            FILE,
            FILE,
            "",
            "a",
            "two  words",
            " a ",
            "é",
            "😀",
            "1,5",
            "a\tb",
            "a;b",
            "say \"x\"",
            "\"",
            "\"\"",
            "two\nlines",
            "cr\rlf\r\n",
            "=1+1",
            "syn://syn1.2x");
    Arbitrary<List<List<String>>> rows =
        Arbitraries.integers()
            .between(2, 4)
            .flatMap(
                columns ->
                    value
                        .list()
                        .ofSize(columns)
                        .list()
                        .ofMinSize(1)
                        .ofMaxSize(4)
                        .map(body -> withHeader(columns, body)));
    return Combinators.combine(
            rows,
            Arbitraries.of(true, false).list().ofMinSize(1).ofMaxSize(5),
            Arbitraries.of(',', '\t'),
            Arbitraries.of("\n", "\r\n", "\r"),
            Arbitraries.of(true, false),
            Arbitraries.of(true, false))
        .as(Written::new);
  }

  /** A first column that is never empty keeps a row from being a blank line. */
  private static List<List<String>> withHeader(int columns, List<List<String>> body) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(IntStream.range(0, columns + 1).mapToObj(i -> "c" + i).toList());
    int number = 0;
    for (List<String> cells : body) {
      List<String> row = new ArrayList<>(List.of("r" + number++));
      row.addAll(cells);
      rows.add(row);
    }
    return rows;
  }
}
