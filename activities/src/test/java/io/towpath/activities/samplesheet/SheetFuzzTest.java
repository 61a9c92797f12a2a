package io.towpath.activities.samplesheet;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.towpath.workflows.model.Problem;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.model.SourceId;
import io.towpath.workflows.samplesheet.SheetRules;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;

/**
 * Sheets as a stranger may write them. Without more the corpus beside it is run; {@code
 * JAZZER_FUZZ=1} with {@code -Djazzer.hooks=true} and one test named looks for more.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SheetFuzzTest {
  @FuzzTest
  void any_bytes_are_cells_that_stay_as_they_are_or_a_problem(byte[] bytes) {
    Sheet sheet = Sheet.of(bytes, "s.csv", new SheetRules("auto", List.of("a")));

    ByteArrayOutputStream out = new ByteArrayOutputStream();
    sheet.rewrite(cell -> Optional.of(cell.text()), out);
    if (sheet.problems().isEmpty()) {
      assertThat(texts(out.toByteArray(), sheet.delimiter()))
          .isEqualTo(texts(bytes, sheet.delimiter()));
    }
    assertThat(references(sheet)).allMatch(text -> !text.isBlank());
  }

  @FuzzTest
  void any_json_is_rows_or_a_problem(byte[] bytes) {
    rows(Sheet.of(bytes, "s.json", new SheetRules("json", List.of("a"))));
  }

  @FuzzTest
  void any_yaml_is_rows_or_a_problem(byte[] bytes) {
    rows(Sheet.of(bytes, "s.yaml", new SheetRules("yaml", List.of("a"))));
  }

  /** Rows are what was counted; what they refer to can be said. */
  private static void rows(Sheet sheet) {
    List<SheetRow> rows = new ArrayList<>();
    sheet.forEachRow(cell -> Optional.empty(), rows::add);

    assertThat(rows).hasSize(sheet.problems().isEmpty() ? (int) sheet.rows() : 0);
    assertThat(references(sheet)).allMatch(text -> !text.isBlank());
  }

  /** As a pipeline reads a sheet: it knows the delimiter, and does not find it out. */
  private static List<String> texts(byte[] bytes, char delimiter) {
    List<String> texts = new ArrayList<>();
    SheetScanner scanner = new SheetScanner(bytes, SheetForm.start(bytes), delimiter);
    while (scanner.next()) {
      texts.add(scanner.text());
    }
    return texts;
  }

  private static List<String> references(Sheet sheet) {
    List<String> told = new ArrayList<>();
    SheetReferences.read(
        sheet,
        new SheetRules("auto", List.of("a")),
        new SheetReferences.Reader() {
          @Override
          public void file(SourceId id, String cell, String sample) {
            told.add(id.value());
          }

          @Override
          public void inPlace(S3Uri object, String cell) {
            told.add(object.value());
          }

          @Override
          public void problem(Problem problem) {
            told.add(problem.place() + problem.text());
          }
        });
    return told;
  }

  /** A cell alone, as bytes of a sheet are unlikely to become one. */
  @FuzzTest
  void any_cell_is_a_reference_a_text_or_wrong(byte[] bytes) {
    String cell = new String(bytes, StandardCharsets.UTF_8);
    for (boolean declared : new boolean[] {true, false}) {
      SheetReference reference = SheetReference.read(cell, declared);

      assertThat(reference.id().isPresent())
          .isEqualTo(reference.kind() == SheetReference.Kind.FILE);
      assertThat(reference.problem().isEmpty())
          .isEqualTo(reference.kind() != SheetReference.Kind.WRONG);
    }
  }
}
