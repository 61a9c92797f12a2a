package io.towpath.activities.samplesheet;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.activities.rows.PackedRows;
import io.towpath.activities.samplesheet.Placement.UsedFile;
import io.towpath.workflows.model.FileRef;
import io.towpath.workflows.model.Problem;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.model.SourceId;
import io.towpath.workflows.transfer.Rename;
import io.towpath.workflows.transfer.StageLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class PlacementTest {
  private static final S3Uri TO = new S3Uri("s3://bucket/etl/");
  private final List<UsedFile> files = new ArrayList<>();
  private List<Problem> problems = List.of();
  private List<String> warnings = List.of();

  @Test
  void a_folder_of_its_own_keeps_equal_names_apart() {
    file("syn1.2", "reads.fq.gz", "a");
    file("syn2.1", "reads.fq.gz", "b");
    file("https://host/x/reads.fq.gz?sig=1", "reads.fq.gz", "b");

    assertThat(places("idFolders"))
        .startsWith("syn1.2/reads.fq.gz", "syn2.1/reads.fq.gz")
        .last()
        .asString()
        .matches("https/[0-9a-f]{12}/reads.fq.gz");
  }

  @Test
  void equal_base_names_never_overwrite_each_other() {
    file("syn1.2", "reads.fq.gz", "a");
    file("syn2.1", "reads.fq.gz", "a");
    file("syn1.1", "reads.fq.gz", "b");
    file("syn3.1", "other.fq.gz", "b");

    assertThat(places("flat"))
        .containsExactly(
            "reads.syn1.2.fq.gz", "reads.syn2.1.fq.gz", "reads.syn1.1.fq.gz", "other.fq.gz");
    assertThat(problems).isEmpty();
    assertThat(warnings).singleElement().asString().contains("3 files", "reads.fq.gz");
    assertThat(places("bySample"))
        .containsExactly(
            "a/reads.syn1.2.fq.gz", "a/reads.syn2.1.fq.gz", "b/reads.fq.gz", "b/other.fq.gz");
  }

  @Test
  void the_order_of_the_rows_decides_no_place() {
    file("syn2.1", "x", "a");
    file("syn1.2", "x", "a");
    List<String> one = places("flat").stream().sorted().toList();
    files.add(files.remove(0));

    assertThat(places("flat").stream().sorted()).isEqualTo(one);
  }

  @Test
  void a_name_that_is_anothers_longer_name_is_a_problem() {
    file("syn1.2", "x.txt", "a");
    file("syn2.1", "x.txt", "a");
    file("syn3.1", "x.syn1.2.txt", "a");

    assertThat(places("flat")).containsExactly("x.syn2.1.txt", "x.syn1.2.txt");
    assertThat(problems)
        .singleElement()
        .satisfies(problem -> assertThat(problem.text()).contains("syn1.2", "syn3.1"));
  }

  @Test
  void rules_change_names_in_their_order() {
    file("syn1.1", "a_1.fastq.gz", "a");
    file("syn2.1", "a_2.fastq.gz", "a");

    assertThat(
            places(
                layout(
                    "flat",
                    new Rename("_([12])\\.fastq\\.gz$", "_R$1.fastq.gz"),
                    new Rename("^a", "b"))))
        .containsExactly("b_R1.fastq.gz", "b_R2.fastq.gz");
  }

  @Test
  void names_that_a_rule_made_equal_are_all_problems() {
    file("syn1.1", "a_1.fq", "a");
    file("syn2.1", "a_2.fq", "a");

    assertThat(places(layout("flat", new Rename("_[12]", "")))).isEmpty();
    assertThat(problems)
        .extracting(Problem::place)
        .containsExactly("cell of syn1.1", "cell of syn2.1");
    assertThat(problems.get(0).text()).contains("syn2.1").contains("a_2.fq");
    assertThat(places(layout("idFolders", new Rename("_[12]", "")))).hasSize(2);
  }

  @Test
  void ampersand_quote_and_percent_are_kept_in_names() {
    for (String name : List.of("A&B.fq", "it's", "100%", "%41", "a  b", "..a", "ü–漢字😀")) {
      file("syn" + (files.size() + 1) + ".1", name, "a & 'b'");
    }

    assertThat(places("flat"))
        .isEqualTo(files.stream().map(UsedFile::file).map(FileRef::name).toList());
    assertThat(places("bySample")).allMatch(place -> place.startsWith("a & 'b'/"));
  }

  @Test
  void five_hundred_hostile_names_lie_at_five_hundred_places_in_every_layout() {
    List<String> parts =
        List.of(
            " ", "  ", "+", "&", "%", "'", "\"", "%2B", "%20", "ü", "u\u0308", "漢", "🧬", ",", ";",
            "\\", "*", "?", ".", ".syn1.1", "_", "a", "B", "7");
    Random random = new Random(20_261_124);
    for (int i = 0; i < 500; i++) {
      StringBuilder name = new StringBuilder("n");
      for (int length = random.nextInt(4); length > 0; length--) {
        name.append(parts.get(random.nextInt(parts.size())));
      }
      file("syn" + (1 + i / 2) + "." + (1 + i % 2), name.toString(), "s" + random.nextInt(3));
    }

    for (String layout : List.of("idFolders", "flat", "bySample")) {
      assertThat(places(layout)).as(layout).hasSize(500).doesNotHaveDuplicates();
      assertThat(problems).as(layout).isEmpty();
    }
  }

  @Test
  void names_that_no_key_can_hold_are_all_named_before_a_byte_moves() {
    file("syn1.1", "good", "a");
    file("syn2.1", "a/b", "a");
    file("syn3.1", "..", "a");
    file("syn4.1", "line\nbreak", "a");
    file("syn5.1", "ü".repeat(600), "a");
    file("syn6.1", "half \ud83d", "a");

    assertThat(places("idFolders")).containsExactly("syn1.1/good");
    assertThat(problems)
        .extracting(Problem::place)
        .containsExactlyInAnyOrder(
            "cell of syn2.1",
            "cell of syn3.1",
            "cell of syn4.1",
            "cell of syn5.1",
            "cell of syn6.1");
    assertThat(problems).noneMatch(problem -> problem.text().contains("\n"));
  }

  @Test
  void a_rule_that_leaves_no_name_or_leads_elsewhere_is_a_problem() {
    file("syn1.1", "abc", "a");

    for (Rename rule : List.of(new Rename(".*", ""), new Rename("^abc$", ".."))) {
      assertThat(places(layout("flat", rule))).isEmpty();
      assertThat(problems)
          .singleElement()
          .satisfies(problem -> assertThat(problem.text()).contains("stage.rename"));
    }
  }

  @Test
  void a_sample_that_is_no_folder_is_a_problem() {
    file("syn1.1", "x", "");
    file("syn2.1", "x", "../up");
    file("syn3.1", "x", "towpath");

    assertThat(places("bySample")).isEmpty();
    assertThat(problems).hasSize(3);
    assertThat(places("flat")).hasSize(3);
    assertThat(problems).isEmpty();
  }

  private void file(String id, String name, String sample) {
    SourceId source = new SourceId(id);
    files.add(
        new UsedFile(
            new FileRef(
                source,
                name,
                "",
                "h" + id,
                1,
                Optional.empty(),
                Optional.empty(),
                Optional.empty()),
            List.of("cell of " + source),
            sample));
  }

  private static StageLayout layout(String layout, Rename... rename) {
    return new StageLayout(TO, layout, List.of(rename));
  }

  private List<String> places(String layout) {
    return places(layout(layout));
  }

  private List<String> places(StageLayout layout) {
    PackedRows<UsedFile> packed = new PackedRows<>(UsedFile.class);
    files.forEach(used -> packed.add(used.file().id().value(), used));
    List<String> places = new ArrayList<>();
    Placement placement = Placement.of(packed, layout, file -> places.add(file.place()));
    problems = placement.problems();
    warnings = placement.warnings();
    return places;
  }
}
