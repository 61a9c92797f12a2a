package io.towpath.activities.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.workflows.samples.SampleTarget;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with the inputs that a request makes of the samples. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SampleInputsTest {
  private final Scene scene = new Scene();

  @Test
  void a_single_file_is_a_list_where_the_app_wants_one() {
    assertThat(problems("input_pe_reads", "files[read_orientation='R1'].file")).isEmpty();
  }

  @Test
  void several_files_are_none_where_the_app_wants_one() {
    scene.platform.inputs("{\"reads\": \"File\"}");
    scene.inputs.clear();

    assertThat(problems("reads", "files.file"))
        .containsExactly("line 2, sample s1: tasks.inputs.reads: found a list of 2, expected File");
  }

  @Test
  void a_list_of_one_is_no_file_either() {
    scene.platform.inputs("{\"reads\": \"File?\"}");
    scene.inputs.clear();

    assertThat(problems("reads", "[files[0].file]"))
        .containsExactly(
            "line 2, sample s1: tasks.inputs.reads: found a list of one, expected File");
  }

  @Test
  void a_needed_input_that_an_expression_leaves_out_is_told_for_its_sample() {
    assertThat(problems("input_pe_reads", "files[read_orientation='R9'].file"))
        .containsExactly(
            "line 2, sample s1: tasks.inputs.input_pe_reads: found nothing, expected a list of"
                + " File");
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "''", "nothing", "files[read_orientation='R9'].file"})
  void an_input_that_need_not_be_set_may_have_no_value(String expression) {
    assertThat(problems("input_pe_mates", expression)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "sample_name | 5 | found 5, expected string",
        "sample_name | {'a': 1} | found an object, expected string",
        "sample_name | files.file | found a list of 2, expected string",
        "sample_name | $uppercase | the expression gives a function; call it, or remove it",
        "min_quality | 'ten' | found \"ten\", expected int",
        "min_quality | 1.5 | found 1.5, expected int",
        "strandedness | 'reverse' | found \"reverse\", expected one of [default, rf-stranded,"
            + " fr-stranded]",
        "input_pe_reads | filepath | the rows of the sample have different cells in column"
            + " \"filepath\"",
        "reference | $file('s3://elsewhere/a') | $file: \"s3://elsewhere/a\" is the address of no"
            + " file of this sample",
        "output_basename | $uppercase(opKey) | opKey and taskId are known only later",
        "output_basename | $substring(taskId, 0, 8) | opKey and taskId are known only later",
        "output_basename | $string($length(opKey)) | opKey and taskId are known only later",
      })
  void a_value_that_the_app_does_not_take_is_told(String id, String expression, String told) {
    assertThat(problems(id, expression))
        .singleElement()
        .satisfies(
            found ->
                assertThat(found)
                    .startsWith("line 2, sample s1: ")
                    .contains("tasks.inputs." + id + ": " + told));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "opKey",
        "'out-' & opKey",
        "opKey & '/' & taskId",
        "$join([sample_id, taskId], '.')",
        "'opKey'",
      })
  void a_key_may_stand_in_a_text_as_it_is(String expression) {
    assertThat(problems("output_basename", expression)).isEmpty();
  }

  @Test
  void an_expression_that_loops_is_tried_for_one_sample_only() {
    scene.inputs.put("sample_name", "($f := function($x){$f($x)}; $f(1))");
    StringBuilder sheet = new StringBuilder(Scene.HEADER);
    IntStream.range(0, 20).forEach(i -> sheet.append(scene.row("s" + i, "L1", "R1")));

    assertThat(scene.problems(sheet.toString()))
        .singleElement()
        .satisfies(told -> assertThat(told).startsWith("line 2, sample s0: ").contains("may loop"));
  }

  @Test
  void an_expression_that_is_none_is_told_once_with_its_place() {
    assertThat(problems("sample_name", "sample_id &"))
        .singleElement()
        .satisfies(
            told ->
                assertThat(told).startsWith("tasks.inputs.sample_name: ").contains("no JSONata"));
  }

  @Test
  void an_input_that_the_app_needs_and_nobody_sets_is_told_once() {
    scene.inputs.remove("sample_name");

    assertThat(scene.problems(sheet()))
        .containsExactly(
            "tasks.inputs: the app needs sample_name (string), which is not set; set it");
  }

  @Test
  void a_needed_input_with_a_suggested_file_is_set_if_suggested_files_are_copied() {
    scene.platform.inputs(
        """
        [{"id": "genome", "type": "File",
          "sbg:suggestedValue": {"class": "File", "path": "5f0000000000000000000001"}},
         {"id": "sets", "type": "File[]",
          "sbg:suggestedValue": [{"class": "File", "path": "5f0000000000000000000002"}]},
         {"id": "threads", "type": "int", "sbg:suggestedValue": 4},
         {"id": "nothing", "type": "int?", "sbg:suggestedValue": null}]
        """);
    scene.inputs.clear();
    scene.inputs.put("nothing", "1");

    assertThat(scene.problems(sheet())).isEmpty();

    SampleTarget target = scene.target;
    scene.target =
        new SampleTarget(
            target.connection(),
            target.app(),
            target.volume(),
            target.bucket(),
            target.prefix(),
            false);
    assertThat(scene.problems(sheet()))
        .containsExactly(
            "tasks.inputs: the app needs genome (File), which is not set; set it, or let"
                + " app.suggestedFiles be \"copy\"",
            "tasks.inputs: the app needs sets (a list of File), which is not set; set it, or let"
                + " app.suggestedFiles be \"copy\"");
  }

  @Test
  void without_validation_any_inputs_are_right() {
    scene.validated = false;

    assertThat(problems("whatever", "{'a': files.file}")).isEmpty();
  }

  @Test
  void a_column_of_a_name_that_expressions_know_otherwise_is_refused() {
    assertThat(scene.problems("sample_id,taskId\ns1,5\n"))
        .contains("column taskId: expressions of inputs know something else by it; rename it");
  }

  @Test
  void a_file_that_no_input_gets_is_a_warning() {
    scene.inputs.remove("input_pe_mates");

    assertThat(scene.inspect(sheet()).warnings())
        .containsExactly("line 3 names a file that no input of the task gets");
  }

  @Test
  void a_row_of_a_task_may_name_several_files() {
    scene.rowIs = "task";
    scene.s3Uri = "$split(reads, ',') ~> $append(mates)";
    scene.path = "$split($uri, '/')[-1]";
    scene.metadata.put("role", "$uri = mates ? 'mate' : 'read'");
    scene.inputs.put("input_pe_reads", "$file($split(reads, ','))");
    scene.inputs.put("input_pe_mates", "mates ~> $file");
    List.of("a_1.gz", "b_1.gz", "a_2.gz").forEach(scene.platform::put);
    String base = "s3://reads-bucket/synapse/";
    String sheet =
        "sample_id\treads\tmates\n"
            + "s1\t"
            + base
            + "a_1.gz,"
            + base
            + "b_1.gz\t"
            + base
            + "a_2.gz\n";

    assertThat(scene.inspect(sheet).problems()).isEmpty();
    assertThat(scene.inspect(sheet).files()).isEqualTo(3);
  }

  @Test
  void a_sample_that_comes_again_is_refused_where_each_row_is_a_task() {
    scene.rowIs = "task";

    assertThat(scene.problems(sheet()))
        .containsExactly(
            "line 3, column sample_id: \"s1\" stands on line 2 already; with rowIs \"task\" each"
                + " row is a sample of its own");
  }

  @Test
  void a_row_of_files_without_an_address_is_refused() {
    scene.s3Uri = "nothing";

    assertThat(scene.problems(Scene.HEADER + scene.row("s1", "L1", "R1")))
        .containsExactly(
            "line 2: import.s3Uri: found no address, expected one; with rowIs \"file\" each row is"
                + " a file");
  }

  private List<String> problems(String id, String expression) {
    scene.inputs.put(id, expression);
    return scene.problems(sheet());
  }

  private String sheet() {
    return Scene.HEADER + scene.row("s1", "L1", "R1") + scene.row("s1", "L1", "R2");
  }
}
