package io.towpath.activities.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.activities.samplesheet.ProblemList;
import io.towpath.activities.samplesheet.SheetRow;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** Whatever rows a sheet has, in whatever form it is written: its samples have them all. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class GroupedSheetTest {
  private static final List<String> CELLS =
      List.of(
          "",
          " ",
          "a",
          "\"",
          "a\"b",
          ",",
          "\t",
          ";",
          "x\ny",
          "x\r\ny",
          "ü",
          "日本",
          "=1+1",
          "'",
          "\\",
          "{}",
          "$",
          "null",
          "true",
          "007",
          "1e9",
          "\u00a0",
          "\ud83e\uddec",
          "../x",
          "#");
  private static final List<String> NAMES =
      List.of("s1", "s 2", "ß", "S1", "=s", "-1", "0", "a,b", "\"q\"", "true", "${x}", "日本");

  private final Scene scene = new Scene();

  @RepeatedTest(60)
  void every_row_is_in_the_sample_that_it_names_in_the_order_of_the_sheet(RepetitionInfo seed) {
    Random random = new Random(seed.getCurrentRepetition());
    List<List<String>> rows = rows(random);
    char delimiter = random.nextBoolean() ? ',' : '\t';
    String end = List.of("\n", "\r\n", "\r").get(random.nextInt(3));
    String text =
        rows.stream().map(row -> line(row, delimiter, random)).collect(Collectors.joining(end));
    String whole =
        (random.nextBoolean() ? "\ufeff" : "") + text + (random.nextBoolean() ? end : "");
    scene.format = delimiter == ',' ? "csv" : "tsv";
    ProblemList problems = new ProblemList();

    GroupedSheet sheet =
        GroupedSheet.of(whole.getBytes(StandardCharsets.UTF_8), "x", scene.rules(), problems);

    assertThat(problems.all()).isEmpty();
    assertThat(sheet.rows()).isEqualTo(rows.size() - 1);
    assertThat(read(sheet)).isEqualTo(expected(rows)).hasToString(expected(rows).toString());
  }

  private static List<List<String>> rows(Random random) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("one", "sample_id", "two"));
    int count = 1 + random.nextInt(30);
    for (int i = 0; i < count; i++) {
      String name = NAMES.get(random.nextInt(NAMES.size()));
      rows.add(List.of(any(random), random.nextInt(4) == 0 ? " " + name + " " : name, any(random)));
    }
    return rows;
  }

  private static String any(Random random) {
    return CELLS.get(random.nextInt(CELLS.size()));
  }

  private static String line(List<String> cells, char delimiter, Random random) {
    return cells.stream()
        .map(cell -> cell(cell, delimiter, random))
        .collect(Collectors.joining(String.valueOf(delimiter)));
  }

  private static String cell(String text, char delimiter, Random random) {
    boolean needed = text.chars().anyMatch(c -> c == delimiter || "\"\r\n".indexOf(c) >= 0);
    return needed || random.nextInt(3) == 0 ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }

  private static Map<String, List<List<Object>>> expected(List<List<String>> rows) {
    Map<String, List<List<Object>>> samples = new LinkedHashMap<>();
    for (List<String> row : rows.subList(1, rows.size())) {
      samples.computeIfAbsent(row.get(1).strip(), id -> new ArrayList<>()).add(List.copyOf(row));
    }
    return samples;
  }

  private static Map<String, List<List<Object>>> read(GroupedSheet sheet) {
    Map<String, List<List<Object>>> samples = new LinkedHashMap<>();
    for (SampleRows sample : sheet.samples()) {
      samples.put(
          sample.id(),
          sample.rows().stream().map(SheetRow::values).map(v -> List.copyOf(v.values())).toList());
    }
    return samples;
  }
}
