package io.towpath.activities.samplesheet;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.workflows.model.Problem;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.model.SourceId;
import io.towpath.workflows.model.SynapseId;
import io.towpath.workflows.samplesheet.PrepareRules;
import io.towpath.workflows.samplesheet.SchemaRef;
import io.towpath.workflows.samplesheet.SheetRules;
import io.towpath.workflows.transfer.StagedFile;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PreparationTest {
  private static final SheetRules AUTO = new SheetRules("auto", List.of());
  private static final String SHEET =
      "sample,fastq_1,strandedness\na,syn://syn1.1,\nb,syn://syn2.1,reverse\n";

  private final SchemaSource schemas =
      new SchemaSource(new OkHttpClient(), URI.create("http://127.0.0.1:1"));
  private List<Problem> problems = List.of();

  @Test
  void cells_are_mapped_then_renamed_then_selected_in_order() {
    PrepareRules rules =
        rules(
            Map.of("strandedness", "$default($,'auto')", "id", "sample & '_1'"),
            Map.of("sample", "name"),
            List.of("id", "name", "fastq_1", "strandedness"),
            List.of());

    assertThat(shaped("s.csv", SHEET, rules))
        .isEqualTo(
            """
            id,name,fastq_1,strandedness
            a_1,a,s3://bucket/syn1.1/a.fastq.gz,auto
            b_1,b,s3://bucket/syn2.1/b.fastq.gz,reverse
            """);
    assertThat(problems).isEmpty();
  }

  @Test
  void a_lone_dollar_is_the_cell_and_the_row_stays_in_reach() {
    PrepareRules rules = map("strandedness", "$ = '' ? 'of ' & $row.sample : $uppercase($)");

    assertThat(shaped("s.csv", SHEET, rules)).contains("gz,of a\n").contains("gz,REVERSE\n");
  }

  @Test
  void a_column_that_the_sheet_does_not_have_is_made() {
    assertThat(shaped("s.csv", "sample\na\n", map("replicate", "$default($, 1)")))
        .isEqualTo("sample,replicate\na,1\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"$now()", "$random()", "$eval('$now()')", "[1,2] ~> $shuffle"})
  void what_gives_another_value_each_time_is_refused(String expression) {
    shaped("s.csv", SHEET, map("sample", expression));

    assertThat(problems)
        .singleElement()
        .satisfies(p -> assertThat(p.place()).isEqualTo("prepare.map.sample"))
        .satisfies(p -> assertThat(p.text()).contains("another value each time"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "($f := function($x){$f($x)}; $f(1)) | may loop",
        "($f := function($x){1 + $f($x)}; $f(1)) | deep",
        "$count([1..9999999]) | more than 10000 items",
        "$pad('', 2000000000, 'x') | too long",
        "$reduce([1..40], function($a, $b){$a & $a}, 'xx') | more than 100000 characters",
      })
  void an_expression_that_runs_away_is_stopped_and_tried_on_one_row_only(
      String expression, String told) {
    shaped("s.csv", SHEET, map("sample", expression));

    assertThat(problems)
        .singleElement()
        .satisfies(p -> assertThat(p.place()).isEqualTo("line 2, column sample"))
        .satisfies(p -> assertThat(p.text()).contains(told));
  }

  @Test
  void an_expression_that_does_not_parse_is_found_with_its_place() {
    shaped("s.csv", SHEET, map("sample", "sample & & 'x'"));

    assertThat(problems)
        .singleElement()
        .satisfies(p -> assertThat(p.place()).isEqualTo("prepare.map.sample"))
        .satisfies(p -> assertThat(p.text()).contains("no JSONata").contains("at character 10"));
  }

  @Test
  void a_value_that_fits_no_cell_is_named_row_by_row() {
    shaped("s.csv", SHEET, map("x", "{'a': sample}"));

    assertThat(problems)
        .extracting(Problem::place)
        .containsExactly("line 2, column x", "line 3, column x");
    assertThat(problems.get(0).text()).contains("an object").contains("one text, number or flag");
  }

  @Test
  void columns_that_are_not_there_are_named_with_those_that_are() {
    PrepareRules rules =
        rules(Map.of(), Map.of("nope", "x"), List.of("sample", "fastq_2"), List.of("lane"));

    shaped("s.csv", SHEET, rules);

    assertThat(problems)
        .extracting(Problem::place)
        .containsExactly("prepare.rename", "prepare.select", "prepare.group");
    assertThat(problems.get(1).text()).contains("[sample, fastq_1, strandedness]");
  }

  @Test
  void rows_of_one_file_each_become_rows_of_one_sample_each() {
    String sheet = "sample,read,file\na,R1,1.gz\na,R2,2.gz\nb,R1,3.gz\n";
    PrepareRules rules =
        rules(
            Map.of("fastq_1", "read = 'R1' ? file : ''", "fastq_2", "read = 'R2' ? file"),
            Map.of(),
            List.of("sample", "fastq_1", "fastq_2"),
            List.of("sample"));

    assertThat(shaped("s.csv", sheet, rules))
        .isEqualTo("sample,fastq_1,fastq_2\na,1.gz,2.gz\nb,3.gz,\n");
  }

  @Test
  void values_that_differ_in_a_group_are_joined_and_a_scattered_group_is_refused() {
    String sheet = "sample,lane\na,1\na,2\nb,1\na,3\n";

    assertThat(shaped("s.csv", sheet, rules(Map.of(), Map.of(), List.of(), List.of("sample"))))
        .startsWith("sample,lane\na,1;2\nb,1\n");
    assertThat(problems)
        .singleElement()
        .satisfies(p -> assertThat(p.place()).isEqualTo("line 5, column sample"))
        .satisfies(p -> assertThat(p.text()).contains("sort the sheet by [sample]"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"s.csv", "s.tsv", "s.json", "s.yaml"})
  void every_form_is_read_and_written_as_it_came(String name) {
    Map<String, String> texts =
        Map.of(
            "s.csv", "sample,n\nsyn://syn1.1,2\n",
            "s.tsv", "sample\tn\nsyn://syn1.1\t2\n",
            "s.json", "[{\"sample\":\"syn://syn1.1\",\"n\":2}]",
            "s.yaml", "- sample: syn://syn1.1\n  n: 2\n");

    String made = shaped(name, Objects.requireNonNull(texts.get(name)), map("more", "n & 'x'"));

    Sheet again = Sheet.of(made.getBytes(StandardCharsets.UTF_8), name, AUTO);
    assertThat(again.problems()).isEmpty();
    assertThat(again.header()).containsExactly("sample", "n", "more");
    assertThat(made).contains("s3://bucket/syn1.1/a.fastq.gz").contains("2x");
  }

  @ParameterizedTest
  @ValueSource(strings = {"s.json", "s.yaml"})
  void without_rules_a_tree_keeps_every_value_but_its_references(String name) {
    String text =
        "[{\"id\":\"007\",\"reads\":[\"syn://syn1.1\",\"x\"],\"n\":1.10,\"big\":12345678901234567890,"
            + "\"on\":true,\"yes\":\"yes\",\"deep\":{\"a\":[1,\"syn://syn2.1\"]}}]";
    StagedPlaces places = new StagedPlaces();
    places.add(staged("syn1.1", "a"));
    places.add(staged("syn2.1", "b"));
    Sheet read = Sheet.of(text.getBytes(StandardCharsets.UTF_8), name, AUTO);
    StagedCells cells = new StagedCells(places, SheetColumns.of(read, AUTO), true);

    ByteArrayOutputStream made = new ByteArrayOutputStream();
    read.rewrite(cells::replacement, made);

    List<SheetRow> rows = new java.util.ArrayList<>();
    Sheet.of(made.toByteArray(), name, AUTO).forEachRow(cell -> Optional.empty(), rows::add);
    assertThat(rows)
        .singleElement()
        .satisfies(
            row ->
                assertThat(row.values())
                    .hasToString(
                        "{id=007, reads=[s3://bucket/syn1.1/a.fastq.gz, x], n=1.10,"
                            + " big=12345678901234567890, on=true, yes=yes, deep={a=[1,"
                            + " s3://bucket/syn2.1/b.fastq.gz]}}")
                    .containsEntry("id", "007")
                    .containsEntry("yes", "yes"));
    assertThat(cells.replaced()).isEqualTo(2);
  }

  @Test
  void references_in_json_are_found_at_any_depth_with_their_line() {
    byte[] json =
        "[{\"id\":\"a\",\n \"reads\":[\"syn://syn1.1\",\"syn://nope\"]}]"
            .getBytes(StandardCharsets.UTF_8);

    FoundReferences found = FoundReferences.in(Sheet.of(json, "s.json", AUTO), AUTO);

    assertThat(found.files()).containsOnlyKeys("syn1.1");
    assertThat(found.problems()).extracting(Problem::place).containsExactly("line 1, column reads");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "s.json | [{'a':1},] | line 1",
        "s.json | {'a':1} | line 1",
        "s.json | [{'a':1},3] | line 1",
        "s.json | [{'a':1,'a':2}] | line 1",
        "s.json | [{'a':1}] [ | line 1",
        "s.json | [] | the sheet",
        "s.yaml | a: 1 | line 1",
        "s.yaml | - {a: &x 1, b: *x} | line 1",
        "s.yaml | - a: [1 | line",
      })
  void malformed_json_and_yaml_is_a_problem_with_its_place(String name, String text, String at) {
    byte[] bytes = text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);

    assertThat(Sheet.of(bytes, name, AUTO).problems())
        .singleElement()
        .satisfies(p -> assertThat(p.place()).startsWith(at));
  }

  @Test
  void a_schema_names_line_column_value_and_its_own_words() {
    PrepareRules rules =
        schema(
            Map.of(
                "type", "array",
                "uniqueEntries", List.of("sample"),
                "items",
                    Map.of(
                        "type", "object",
                        "required", List.of("sample", "fastq_1", "strandedness"),
                        "properties",
                            Map.of(
                                "sample", Map.of("type", "string", "pattern", "^\\S+$"),
                                "fastq_1",
                                    Map.of(
                                        "type", "string",
                                        "format", "file-path",
                                        "exists", true,
                                        "pattern", "^\\S+\\.f(ast)?q\\.gz$"),
                                "strandedness",
                                    Map.of(
                                        "type", "string",
                                        "errorMessage", "Strandedness must be given",
                                        "enum", List.of("forward", "reverse")),
                                "lane", Map.of("type", "integer")))));

    shaped(
        "s.csv",
        """
        sample,fastq_1,strandedness,lane
        001,syn://syn1.1,,1
        b c,syn://syn2.1,fwd,x
        001,s3://b/x.bam,reverse,3
        """,
        rules);

    assertThat(problems)
        .extracting(p -> p.place().replace("line ", "").replace(", column ", " "))
        .containsExactlyInAnyOrder(
            "2 strandedness", "3 sample", "3 strandedness", "3 lane", "4 fastq_1", "4 sample");
    assertThat(problems)
        .anySatisfy(
            p ->
                assertThat(p.text())
                    .contains("found \"fwd\"")
                    .contains("Strandedness must be given"))
        .anySatisfy(p -> assertThat(p.text()).contains("empty or missing"));
  }

  @Test
  void a_row_whose_file_is_not_known_is_not_judged_by_the_schema() {
    PrepareRules rules =
        schema(
            Map.of("items", Map.of("properties", Map.of("fastq_1", Map.of("pattern", "^s3://")))));

    shaped("s.csv", "sample,fastq_1\na,syn://syn9.1\nb,local\n", rules);

    assertThat(problems).extracting(Problem::place).containsExactly("line 3, column fastq_1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"array\"}",
        "{\"items\":{\"$ref\":\"https://example.org/x.json\"}}",
        "{\"items\":{\"properties\":{\"a\":{\"pattern\":\"(\"}}}}"
      })
  void a_schema_that_cannot_be_used_is_a_problem_at_its_field(String text) throws Exception {
    @SuppressWarnings("unchecked")
    Map<String, Object> tree =
        io.towpath.activities.store.S3Documents.JSON.readValue(text, Map.class);

    shaped("s.csv", "a\nx\n", schema(tree));

    assertThat(problems).extracting(Problem::place).containsExactly("prepare.schema");
  }

  @Test
  void parameters_are_checked_against_the_schema_of_the_pipeline() {
    SchemaRef params =
        SchemaRef.inline(
            "prepare.schema.params",
            Map.of(
                "$defs",
                Map.of(
                    "io",
                    Map.of(
                        "required",
                        List.of("input", "genome"),
                        "properties",
                        Map.of("input", Map.of("type", "string", "pattern", "^\\S+\\.csv$")))),
                "allOf",
                List.of(Map.of("$ref", "#/$defs/io"))));
    PrepareRules rules =
        new PrepareRules(
            Map.of(),
            Map.of(),
            List.of(),
            List.of(),
            "auto",
            Optional.empty(),
            Optional.of(params),
            Optional.empty());

    List<Problem> found =
        new Preparation(rules, schemas)
            .withSchemas(Map.of("runs[0].params", Map.of("input", "s3://b/x.tsv")))
            .problems();

    assertThat(found)
        .extracting(Problem::place)
        .containsExactlyInAnyOrder("runs[0].params.input", "runs[0].params.genome");
  }

  @Test
  void a_hundred_thousand_rows_are_shaped_and_checked_one_at_a_time() {
    StringBuilder sheet = new StringBuilder("sample,fastq_1,strandedness\n");
    for (int i = 0; i < 100_000; i++) {
      sheet.append("sample").append(i).append(",syn://syn1.1,\n");
    }
    PrepareRules mapped = map("strandedness", "$default($,'auto')");
    PrepareRules rules =
        new PrepareRules(
            mapped.map(),
            Map.of(),
            List.of(),
            List.of("sample"),
            "auto",
            schema(Map.of("items", Map.of("required", List.of("sample")))).sheetSchema(),
            Optional.empty(),
            Optional.empty());

    String made = shaped("s.csv", sheet.toString(), rules);

    assertThat(problems).isEmpty();
    assertThat(made.lines().count()).isEqualTo(100_001);
  }

  private String shaped(String name, String text, PrepareRules rules) {
    StagedPlaces places = new StagedPlaces();
    places.add(staged("syn1.1", "a"));
    places.add(staged("syn2.1", "b"));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Preparation preparation = new Preparation(rules, schemas).withSchemas(Map.of());
    Sheet sheet = Sheet.of(text.getBytes(StandardCharsets.UTF_8), name, AUTO);
    preparation.shape(sheet, new StagedCells(places, SheetColumns.of(sheet, AUTO), false), out);
    problems = preparation.problems();
    return out.toString(StandardCharsets.UTF_8);
  }

  private static StagedFile staged(String id, String name) {
    return new StagedFile(
        SourceId.of(new SynapseId(id)),
        new S3Uri("s3://bucket/" + id + "/" + name + ".fastq.gz"),
        1,
        "",
        false);
  }

  private static PrepareRules map(String column, String expression) {
    return rules(Map.of(column, expression), Map.of(), List.of(), List.of());
  }

  private static PrepareRules rules(
      Map<String, String> map,
      Map<String, String> rename,
      List<String> select,
      List<String> group) {
    return new PrepareRules(
        map, rename, select, group, "auto", Optional.empty(), Optional.empty(), Optional.empty());
  }

  private static PrepareRules schema(Map<String, Object> schema) {
    return new PrepareRules(
        Map.of(),
        Map.of(),
        List.of(),
        List.of(),
        "auto",
        Optional.of(SchemaRef.inline("prepare.schema", schema)),
        Optional.empty(),
        Optional.empty());
  }
}
