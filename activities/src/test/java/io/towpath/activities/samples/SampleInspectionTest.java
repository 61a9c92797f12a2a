package io.towpath.activities.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.workflows.samples.SampleActivities.SamplesSeen;
import io.towpath.workflows.samples.SampleTarget;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with the rows of a sheet, and what is right. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SampleInspectionTest {
  private final Scene scene = new Scene();

  @Test
  void a_sheet_of_lanes_is_right_and_costs_one_page() {
    String sheet =
        Scene.HEADER
            + scene.row("s1", "L1", "R1")
            + scene.row("s1", "L1", "R2")
            + scene.row("s2", "L1", "R1")
            + scene.row("s1", "L2", "R1")
            + scene.row("s1", "L2", "R2")
            + scene.row("s2", "L1", "R2");

    SamplesSeen seen = scene.inspect(sheet);

    assertThat(seen).isEqualTo(new SamplesSeen(6, 2, 6, List.of(), List.of(), List.of()));
    assertThat(scene.platform.listed()).containsExactly("rna/s");
  }

  @Test
  void a_sample_without_any_mate_is_single_end_and_told_among_paired_ones() {
    String sheet =
        Scene.HEADER
            + scene.row("s1", "L1", "R1")
            + scene.row("s1", "L1", "R2")
            + scene.row("s2", "L1", "R1");

    SamplesSeen seen = scene.inspect(sheet);

    assertThat(seen.problems()).isEmpty();
    assertThat(seen.warnings()).containsExactly("single-end among paired-end samples: s2");
  }

  @Test
  void every_missing_mate_is_named_with_its_lane() {
    String sheet =
        Scene.HEADER
            + scene.row("s1", "L1", "R1")
            + scene.row("s1", "L1", "R2")
            + scene.row("s1", "L2", "R1")
            + scene.row("s2", "L1", "R2");

    assertThat(scene.problems(sheet))
        .containsExactly(
            "line 4, column read_orientation: its mate R2 of sample s1, lane L2 is missing; add its"
                + " row",
            "line 5, column read_orientation: its mate R1 of sample s2, lane L1 is missing; add its"
                + " row");
  }

  @Test
  void two_first_mates_of_one_lane_are_told_apart_by_nothing() {
    String sheet =
        Scene.HEADER
            + scene.row("s1", "L1", "R1")
            + scene.row("s1", "L1", "R2")
            + scene.row("s1", "L1", "R1").replace("R1.fastq", "R1b.fastq");
    scene.platform.put("rna/s1_L1_R1b.fastq.gz");

    assertThat(scene.problems(sheet))
        .containsExactly(
            "line 4, column read_orientation: R1 of sample s1, lane L1 stands on line 2 already;"
                + " correct one of them");
  }

  @Test
  void lanes_in_another_order_among_second_mates_are_refused() {
    String sheet =
        Scene.HEADER
            + scene.row("s1", "L1", "R1")
            + scene.row("s1", "L2", "R1")
            + scene.row("s1", "L2", "R2")
            + scene.row("s1", "L1", "R2");

    assertThat(scene.problems(sheet))
        .singleElement()
        .satisfies(
            told ->
                assertThat(told)
                    .startsWith("line 4, column read_orientation: its mate on line 3 comes behind")
                    .contains("same order of lanes"));
  }

  @Test
  void tumour_and_normal_of_a_case_have_their_own_pairs() {
    scene.groupBy = "case";
    scene.taskName = "{case} {opKey}";
    scene.inputs.put("sample_name", "case");
    scene.inputs.put("input_pe_reads", "files[sample_type='Primary Tumor'].file");
    scene.inputs.put("input_pe_mates", "files[sample_type='normal'].file");
    String header = Scene.HEADER.strip() + ",case,sample_type\n";
    String sheet =
        header
            + scene.row("t1", "L1", "R1").replace("\n", ",c1,Primary Tumor\n")
            + scene.row("t1", "L1", "R2").replace("\n", ",c1,Primary Tumor\n")
            + scene.row("n1", "L1", "R1").replace("\n", ",c1,normal\n")
            + scene.row("n1", "L1", "R2").replace("\n", ",c1,normal\n");

    assertThat(scene.problems(sheet)).isEmpty();
  }

  @Test
  void a_row_that_stands_there_twice_is_told_once() {
    String row = scene.row("s1", "L1", "R1");

    assertThat(scene.problems(Scene.HEADER + row + row))
        .containsExactly("line 3: is the same as line 2; remove one of them");
  }

  @Test
  void one_file_in_two_parts_of_a_sample_is_refused() {
    String first = scene.row("s1", "L1", "R1");
    String second = first.replace(",R1\n", ",R2\n");

    assertThat(scene.problems(Scene.HEADER + first + second))
        .singleElement()
        .satisfies(
            told ->
                assertThat(told)
                    .startsWith(
                        "line 3, column s3_uri: names the file of line 2, column s3_uri again")
                    .contains("one part in a sample"));
  }

  @Test
  void a_file_that_two_samples_share_is_imported_once_and_told() {
    String first = scene.row("s1", "L1", "R1");
    String second = first.replace(",s1,", ",s2,");

    SamplesSeen seen = scene.inspect(Scene.HEADER + first + second);

    assertThat(seen.problems()).isEmpty();
    assertThat(seen.files()).isEqualTo(1);
    assertThat(seen.warnings())
        .containsExactly(
            "line 3, column s3_uri names the file of sample s1 too, whose metadata it keeps");
  }

  @ParameterizedTest
  @CsvSource({
    "strandedness, reverse, 'default, rf-stranded or fr-stranded'",
    "sample_type, blood, 'a text with tumor, tumour or normal'",
    "library_id, lib 1, 'a value of a read group, without white space'",
    "platform, 'Illumina HiSeq', 'a value of a read group, without white space'",
    "note, 'x ${taskId}', 'a text without ${opKey} and ${taskId}'",
  })
  void a_cell_that_its_column_cannot_have_is_told(String column, String cell, String expected) {
    String header = Scene.HEADER.strip() + "," + column + "\n";
    String row = scene.row("s1", "L1", "R1").strip() + "," + cell + "\n";

    assertThat(scene.problems(header + row))
        .singleElement()
        .satisfies(
            told ->
                assertThat(told)
                    .startsWith(
                        "line 2, column "
                            + column
                            + ": found \""
                            + cell
                            + "\", expected "
                            + expected));
  }

  @ParameterizedTest
  @CsvSource({
    "strandedness,default",
    "strandedness,''",
    "sample_type,Solid Tissue Normal",
    "sample_type,TUMOUR",
    "note,'two  words'"
  })
  void a_cell_that_its_column_can_have_is_right(String column, String cell) {
    String header = Scene.HEADER.strip() + "," + column + "\n";
    String row = scene.row("s1", "L1", "R1").strip() + "," + cell + "\n";

    assertThat(scene.problems(header + row)).isEmpty();
  }

  @Test
  void an_orientation_that_no_expression_would_find_is_told() {
    String sheet =
        Scene.HEADER
            + scene.row("s1", "L1", "R1")
            + scene.row("s1", "L1", "R2").replace(",R2\n", ",r2\n")
            + scene.row("s2", "L1", "R1").replace(",R1\n", ",\n")
            + scene.row("s2", "L2", "R1");

    assertThat(scene.problems(sheet))
        .containsExactly(
            "line 3, column read_orientation: found \"r2\", expected R1 or R2; rename the column if"
                + " it means something else",
            "line 4, column read_orientation: is empty; expected R1 or R2");
  }

  @Test
  void what_all_files_of_a_sample_share_must_agree() {
    String header = Scene.HEADER.strip() + ",strandedness\n";
    String sheet =
        header
            + scene.row("s1", "L1", "R1").replace("\n", ",default\n")
            + scene.row("s1", "L1", "R2").replace("\n", ",rf-stranded\n");

    assertThat(scene.problems(sheet))
        .containsExactly(
            "line 3, column strandedness: found \"rf-stranded\", expected \"default\" as on line 2:"
                + " all files of sample s1 must agree");
  }

  @Test
  void a_sample_without_name_and_a_name_that_is_none_are_told() {
    String sheet =
        Scene.HEADER
            + scene.row("s1", "L1", "R1").replace(",s1,", ", ,")
            + scene.row("s2", "L1", "R1").replace(",s2,", ",a/b,");

    assertThat(scene.problems(sheet))
        .containsExactly(
            "line 2, column sample_id: is empty; expected the name of the sample",
            "line 3, column sample_id: the sample has a / in its name");
  }

  @Test
  void a_column_to_group_by_that_is_not_there_is_told_with_the_nearest() {
    scene.groupBy = "sampleid";

    assertThat(scene.problems(Scene.HEADER + scene.row("s1", "L1", "R1")))
        .singleElement()
        .satisfies(
            told ->
                assertThat(told)
                    .startsWith("tasks.groupBy: the sheet has no column \"sampleid\"")
                    .contains("did you mean \"sample_id\"?"));
  }

  @ParameterizedTest
  @CsvSource({
    "s3://other-bucket/synapse/a.gz, does not lie on the volume",
    "s3://reads-bucket/elsewhere/a.gz, does not lie on the volume",
    "s3://reads-bucket/synapses/a.gz, does not lie on the volume",
    "s3://reads-bucket/synapse/, is a folder",
    "s3://reads-bucket/synapse/x/../a.gz, has a part . or ..",
    "'s3://reads-bucket/synapse/a.gz ', has white space at its ends",
    "https://reads-bucket.s3.amazonaws.com/a.gz, is no address in S3",
  })
  void an_address_that_does_not_lie_on_the_volume_is_told(String address, String why) {
    String row = "rna,a.gz," + address + ",s1,L1,R1\n";

    assertThat(scene.problems(Scene.HEADER + row))
        .singleElement()
        .satisfies(told -> assertThat(told).startsWith("line 2, column s3_uri: ").contains(why));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/a.gz", "a//b.gz", "../a.gz", "a/./b.gz", "a/", "a /b.gz", "a\u0001b"})
  void a_path_that_is_none_is_told(String filepath) {
    scene.path = "filepath";
    String row = scene.row("s1", "L1", "R1").replace("rna,s1_L1_R1.fastq.gz", "rna," + filepath);

    assertThat(scene.problems(Scene.HEADER + row))
        .singleElement()
        .satisfies(
            told ->
                assertThat(told)
                    .startsWith("line 2: import.path: found ")
                    .contains("expected folders and a name"));
  }

  @Test
  void two_objects_with_one_path_and_a_file_for_a_folder_are_refused() {
    scene.path = "filepath";
    String sheet =
        Scene.HEADER
            + scene.row("s1", "L1", "R1").replace("rna,s1_L1_R1.fastq.gz", "rna,a.gz")
            + scene.row("s2", "L1", "R1").replace("rna,s2_L1_R1.fastq.gz", "rna,a.gz")
            + scene.row("s3", "L1", "R1").replace("rna,s3_L1_R1.fastq.gz", "rna,a.gz/b.gz");

    assertThat(scene.problems(sheet))
        .containsExactly(
            "line 3, column s3_uri: would be imported to \"a.gz\" like the file of line 2, column"
                + " s3_uri; let import.path give each object a path of its own",
            "line 4, column s3_uri: would be imported into the folder \"a.gz\", which is the path"
                + " of the file of line 2, column s3_uri");
  }

  @Test
  void problems_of_every_kind_come_at_once() {
    scene.inputs.put("sampel_name", "sample_id");
    scene.taskName = "{sampleid}";
    String sheet =
        Scene.HEADER
            + scene.row("s1", "L1", "R2")
            + scene.row("s 2", "L1", "R1")
            + "rna,x.gz,s3://reads-bucket/synapse/rna/x.gz,s3,L1,R1\n";

    assertThat(scene.problems(sheet))
        .hasSize(5)
        .anySatisfy(told -> assertThat(told).startsWith("line 2, column read_orientation"))
        .anySatisfy(told -> assertThat(told).startsWith("line 3, column sample_id"))
        .anySatisfy(told -> assertThat(told).startsWith("tasks.name: {sampleid}"))
        .anySatisfy(
            told ->
                assertThat(told)
                    .startsWith("tasks.inputs: the app has no input \"sampel_name\"")
                    .contains("did you mean \"sample_name\"?"))
        .anySatisfy(
            told ->
                assertThat(told)
                    .startsWith("line 4, column s3_uri: volume dcc/reads_ro has no object"));
  }

  @Test
  void an_empty_object_is_a_warning() {
    String row = scene.row("s1", "L1", "R1");
    scene.platform.putEmpty("rna/s1_L1_R1.fastq.gz");

    assertThat(scene.inspect(Scene.HEADER + row).warnings())
        .containsExactly("line 2, column s3_uri names an empty object (0 bytes)");
  }

  @Test
  void each_folder_is_listed_once_below_what_its_names_share() {
    String sheet =
        Scene.HEADER
            + "a,a/r_1.gz,s3://reads-bucket/synapse/a/r_1.gz,s1,L1,R1\n"
            + "b,b/x.gz,s3://reads-bucket/synapse/b/x.gz,s2,L1,R1\n"
            + "a,a/r_2.gz,s3://reads-bucket/synapse/a/r_2.gz,s1,L1,R2\n";
    List.of("a/r_1.gz", "a/r_2.gz", "b/x.gz").forEach(scene.platform::put);

    assertThat(scene.problems(sheet)).isEmpty();
    assertThat(scene.platform.listed()).containsExactly("a/r_", "b/x.gz");
  }

  @Test
  void a_listing_that_is_too_long_stops_within_its_pages_and_says_what_was_not_seen() {
    for (int i = 0; i < 30 * CountedPlatform.PAGE; i++) {
      scene.platform.put("rna/a" + i);
    }
    String sheet = Scene.HEADER + scene.row("s1", "L1", "R1") + scene.row("a", "L1", "R1");

    SamplesSeen seen = scene.inspect(sheet);

    assertThat(seen.problems()).isEmpty();
    assertThat(scene.platform.pages()).isEqualTo(20);
    assertThat(seen.notChecked())
        .singleElement()
        .satisfies(told -> assertThat(told).startsWith("whether 2 of 2 files lie on dcc/reads_ro"));
  }

  @Test
  void an_app_that_is_not_there_is_a_problem_among_others() {
    scene.target =
        new SampleTarget(
            "default", "dcc/sandbox/other/1", "dcc/reads_ro", "reads-bucket", "synapse", true);

    assertThat(scene.problems(Scene.HEADER + scene.row("s1", "L1", "R2")))
        .hasSize(2)
        .contains("app.id: there is no app dcc/sandbox/other/1");
  }

  @ParameterizedTest
  @CsvSource({"'', the sheet, it is empty", "'a,b\n1\n', line 2, 'found 1 cell, expected 2'"})
  void a_sheet_that_is_none_still_has_its_expressions_read(String sheet, String at, String why) {
    scene.path = "component & & filepath";

    assertThat(scene.inspect(sheet).problems())
        .anySatisfy(
            problem -> {
              assertThat(problem.place()).isEqualTo(at);
              assertThat(problem.text()).contains(why);
            })
        .anySatisfy(
            problem -> {
              assertThat(problem.place()).isEqualTo("import.path");
              assertThat(problem.text()).contains("is no JSONata").contains("at character");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"$.s3_uri &", "($f := function($x){$f($x)}; $f(1))"})
  void an_expression_of_addresses_that_fails_is_told_once_and_nothing_that_follows(String s3Uri) {
    scene.s3Uri = s3Uri;
    String sheet = Scene.HEADER + scene.row("s1", "L1", "R1") + scene.row("s2", "L1", "R1");

    assertThat(scene.problems(sheet)).hasSize(1);
  }

  @Test
  void samples_of_one_case_may_differ() {
    scene.groupBy = "component";
    scene.inputs.put("sample_name", "component");
    scene.taskName = "{component}";
    String header = Scene.HEADER.strip() + ",strandedness\n";
    String sheet =
        header
            + scene.row("s1", "L1", "R1").replace("\n", ",default\n")
            + scene.row("s2", "L1", "R1").replace("\n", ",rf-stranded\n");

    assertThat(scene.problems(sheet)).isEmpty();
  }
}
