package io.towpath.activities.samplesheet;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.workflows.model.Problem;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.model.SourceId;
import io.towpath.workflows.samplesheet.SheetRules;
import io.towpath.workflows.transfer.StagedFile;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SheetReferencesTest {
  @ParameterizedTest
  @CsvSource({
    "syn://syn123, syn123",
    "syn://syn123.4, syn123.4",
    "syn://syn123.fastq.gz, syn123",
    "syn://syn123.5.fastq.gz, syn123.5",
    "syn://syn123.5.7z, syn123.5",
    "syn://syn123.7z, syn123",
    "syn://syn123.f-1_a.gz, syn123"
  })
  void takes_the_version_first_and_then_a_decorative_extension(String cell, String id) {
    assertThat(read("f\n" + cell + "\n").files()).containsOnlyKeys(id);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "syn://",
        "syn://123",
        "syn://syn0",
        "syn://syn12.0",
        "syn://syn12.5.6",
        "syn://syn12.",
        "syn://syn12/x",
        "syn://syn1 syn://syn2",
        "see syn://syn1",
        "SYN://syn1"
      })
  void names_the_cell_that_holds_no_right_reference(String cell) {
    assertThat(read("s,f\nx," + cell + "\n").problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.place()).isEqualTo("line 2, column f");
              assertThat(problem.text()).contains(cell).contains("syn://syn123.4");
            });
  }

  @ParameterizedTest
  @CsvSource({
    "sbg://5c2409bee4b0fd5d1a8b4c31, sbg://5c2409bee4b0fd5d1a8b4c31",
    "SBG://5C2409BEE4B0FD5D1A8B4C31, sbg://5c2409bee4b0fd5d1a8b4c31",
    "drs://h.example.org/5c24, drs://h.example.org/5c24",
    "DRS://H.Example.org/Id-7~x, drs://h.example.org/Id-7~x",
    "drs://h.example.org/dg.4503%2FAbc, drs://h.example.org/dg.4503%2FAbc",
    "drs://dg.4DFC:Abc/Def, drs://dg.4DFC:Abc/Def",
    "drs://provider/dg.4DFC:Abc, drs://provider/dg.4DFC:Abc"
  })
  void takes_ids_of_other_platforms_in_one_spelling(String cell, String id) {
    assertThat(read("f\n" + cell + "\n").files()).containsOnlyKeys(id);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sbg://",
        "sbg://abc",
        "sbg://5c2409bee4b0fd5d1a8b4c31.fastq.gz",
        "sbg://5c2409bee4b0fd5d1a8b4c31/../user",
        "see sbg://5c2409bee4b0fd5d1a8b4c31",
        "drs://",
        "drs://host",
        "drs://host/",
        "drs://user@host/id",
        "drs://host/id?x=1",
        "drs://host/id#x",
        "drs://host/a b",
        "drs://host/%zz"
      })
  void names_the_cell_that_holds_no_id_of_another_platform(String cell) {
    assertThat(read("s,f\nx," + cell + "\n").problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.place()).isEqualTo("line 2, column f");
              assertThat(problem.text()).contains(cell).contains("expected one reference");
            });
  }

  @Test
  void leaves_other_cells_alone_and_reads_bare_ids_only_in_declared_columns() {
    String text = "s,f,g\nsyn7,syn8.2,s3://bucket/k\nx,,https://h/y\n";

    assertThat(read(text).files()).containsOnlyKeys("https://h/y");
    assertThat(read(text, "f").files()).containsOnlyKeys("syn8.2", "https://h/y");
    assertThat(read(text).objects()).containsExactly("s3://bucket/k line 2, column g");
    assertThat(read(text, "f").problems()).isEmpty();
    assertThat(read("f\nsample1\n", "f").problems()).hasSize(1);
    assertThat(read("f\nsyn1\n", "h").problems())
        .extracting(Problem::place)
        .containsExactly("column h");
  }

  @Test
  void names_the_rows_that_have_lost_their_files() {
    FoundReferences found = read("s,f,g\na,syn://syn1,\nb,,\nc,,syn://syn1\n");

    assertThat(found.problems()).extracting(Problem::place).containsExactly("line 3, column f");
    assertThat(found.files())
        .containsEntry("syn1", List.of("line 2, column f", "line 4, column g"));
  }

  @Test
  void neither_version_nor_extension_is_left_behind_in_the_sheet() {
    SheetText sheet =
        SheetText.of(
            "f,g\nsyn://syn12.5,syn://syn12.5.fastq.gz\nsyn://syn1.fq,syn://syn12\n"
                .getBytes(StandardCharsets.UTF_8),
            "s.csv",
            "csv");
    StagedPlaces places = new StagedPlaces();
    for (String id : List.of("syn12.5", "syn1.1", "syn12.7")) {
      places.add(
          new StagedFile(
              new SourceId(id), new S3Uri("s3://bucket/" + id + "/A&B.gz"), 1, "", false));
    }
    SheetRules rules = new SheetRules("auto", List.of());

    ByteArrayOutputStream made = new ByteArrayOutputStream();

    sheet.rewrite(new StagedCells(places, SheetColumns.of(sheet, rules), true)::replacement, made);

    assertThat(made.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            """
            f,g
            s3://bucket/syn12.5/A&B.gz,s3://bucket/syn12.5/A&B.gz
            s3://bucket/syn1.1/A&B.gz,s3://bucket/syn12.7/A&B.gz
            """);
  }

  @Test
  void tells_the_sample_of_a_row_wherever_it_stands() {
    String text = "f,sample\nsyn://syn1,a\nsyn://syn2,b\n";

    assertThat(read(text).samples()).containsExactly("a", "b");
    assertThat(read("x,f\n1,syn://syn1\n").samples()).containsExactly("1");
  }

  private static FoundReferences read(String text, String... columns) {
    SheetText sheet = SheetText.of(text.getBytes(StandardCharsets.UTF_8), "s.csv", "csv");
    return FoundReferences.in(sheet, new SheetRules("auto", List.of(columns)));
  }
}
