package io.towpath.activities.samplesheet;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.towpath.workflows.model.Problem;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SheetTextTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a,b\n1,2\n",
        "a,b\r\n1,2\r\n",
        "a,b\n1,2",
        "\uFEFFa,b\n1,2\n",
        "a\tb\n\"1\t\"\t2\n",
        "a,b\n\"x \"\"y\"\"\",\"line\r\nbreak\"\n",
        "a,b\n\n1,2\n\n\n",
        "a;b\n1,5;2\n",
        "a,b\r1,2\r",
        "a,b\n1,\n",
        "ä,\u6f22\n\u00fc,  two  spaces \n"
      })
  void keeps_every_byte_that_no_cell_touches(String text) {
    SheetText sheet = sheet(text);

    assertThat(sheet.problems()).isEmpty();
    assertThat(string(rewritten(sheet, cell -> Optional.empty()))).isEqualTo(text);
    assertThat(string(rewritten(sheet, cell -> Optional.of(cell.text())))).isEqualTo(text);
  }

  @Test
  void replaces_a_cell_between_bytes_that_are_no_utf_8() {
    byte[] latin = "name,file\nM\u00fcller,x\n".getBytes(StandardCharsets.ISO_8859_1);

    byte[] rewritten =
        rewritten(
            SheetText.of(latin, "s.csv", "auto"),
            cell -> cell.column().equals("file") ? Optional.of("s3://b/k") : Optional.empty());

    assertThat(rewritten)
        .isEqualTo("name,file\nM\u00fcller,s3://b/k\n".getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void quotes_a_new_value_only_if_it_needs_quotes_or_the_cell_had_them() {
    SheetText sheet = sheet("a,b,c,d\nx,x,\"x\",x\r\n");
    List<String> values = List.of("s3://b/a b&'+%.gz", "s3://b/a,b", "s3://b/k", "s3://b/\"q\"");
    List<String> left = new ArrayList<>(values);

    assertThat(string(rewritten(sheet, cell -> Optional.of(left.remove(0)))))
        .isEqualTo(
            "a,b,c,d\ns3://b/a b&'+%.gz,\"s3://b/a,b\",\"s3://b/k\",\"s3://b/\"\"q\"\"\"\r\n");
  }

  @Test
  void tells_line_and_column_also_below_embedded_line_ends() {
    List<String> places = new ArrayList<>();

    sheet("sample,,file\n\n\"two\nlines\",x,y\nz,x,y\n")
        .forEachCell(cell -> places.add(cell.place()));

    assertThat(places)
        .containsExactly(
            "line 3, column sample",
            "line 4, column 2",
            "line 4, column file",
            "line 5, column sample",
            "line 5, column 2",
            "line 5, column file");
  }

  @Test
  void lists_everything_that_is_wrong_at_once() {
    SheetText sheet = sheet("a,b,a\n1,2\n\"x\"y,2,3\n1,2,3\n1,2,\"open\n5,6,7\n");

    assertThat(sheet.problems().stream().map(Problem::place))
        .containsExactly("line 1, column a", "line 2", "line 3, column a", "line 5, column a");
  }

  @Test
  void refuses_what_is_no_text_sheet() {
    assertThat(problem(new byte[0])).contains("empty");
    assertThat(problem("a,b\n".getBytes(StandardCharsets.UTF_8))).contains("no rows");
    assertThat(problem("a,b\n1,2\n".getBytes(StandardCharsets.UTF_16))).contains("UTF-16");
    assertThat(problem(new byte[] {'P', 'K', 3, 4, 0})).contains("spreadsheet");
    assertThat(problem(new byte[] {0x1f, (byte) 0x8b, 8})).contains("compressed");
  }

  @Test
  void finds_the_delimiter_where_the_format_leaves_it_open() {
    assertThat(SheetText.of(bytes("a\tb,c\n"), "x.tsv", "auto").delimiter()).isEqualTo('\t');
    assertThat(SheetText.of(bytes("a\tb\n"), "x.csv", "auto").delimiter()).isEqualTo('\t');
    assertThat(SheetText.of(bytes("a;b\n"), "x.txt", "auto").delimiter()).isEqualTo(';');
    assertThat(SheetText.of(bytes("\"a;b;c\",d\n"), "x", "auto").delimiter()).isEqualTo(',');
    assertThat(SheetText.of(bytes("a\tb\n"), "x", "csv").delimiter()).isEqualTo(',');
  }

  @Test
  void reads_the_same_cells_as_fastcsv() {
    Random random = new Random(7);
    String[] pieces = {
      "a", ",", "\n", "\r\n", "\"q\"", "\"x,y\"", "\"d\"\"q\"", "\"l\nl\"", "\u00e9"
    };
    for (int i = 0; i < 3_000; i++) {
      StringBuilder text = new StringBuilder("h\n");
      boolean afterQuoted = false;
      for (int length = random.nextInt(12); length > 0; length--) {
        String piece = pieces[random.nextInt(pieces.length)];
        boolean separator = piece.equals(",") || piece.endsWith("\n");
        text.append(afterQuoted && !separator ? "," : "").append(piece);
        afterQuoted = !separator;
      }
      assertThat(ours(text.toString())).as(text.toString()).isEqualTo(theirs(text.toString()));
    }
  }

  private static List<String> ours(String text) {
    List<String> cells = new ArrayList<>();
    SheetText.of(bytes(text), "x.csv", "csv")
        .forEachCell(cell -> cells.add(cell.row() + ":" + cell.text()));
    return cells;
  }

  private static List<String> theirs(String text) {
    List<String> cells = new ArrayList<>();
    long[] row = {-1};
    CsvReader.builder()
        .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
        .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
        .ofCsvRecord(text)
        .forEach(
            csv -> {
              row[0]++;
              if (row[0] > 0) {
                csv.getFields().forEach(field -> cells.add(row[0] + ":" + field));
              }
            });
    return cells;
  }

  private static String problem(byte[] bytes) {
    return SheetText.of(bytes, "x.csv", "auto").problems().stream()
        .map(Problem::text)
        .collect(Collectors.joining("\n"));
  }

  private static byte[] rewritten(
      SheetText sheet, Function<SheetCell, Optional<String>> replacement) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    sheet.rewrite(replacement, out);
    return out.toByteArray();
  }

  private static SheetText sheet(String text) {
    return SheetText.of(bytes(text), "x", "auto");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String string(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
