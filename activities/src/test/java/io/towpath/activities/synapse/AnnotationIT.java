package io.towpath.activities.synapse;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.sandbox.control.Fault;
import io.towpath.workflows.ledger.Claim;
import io.towpath.workflows.synapse.AnnotationRule;
import io.towpath.workflows.synapse.AnnotationRule.FromTable;
import io.towpath.workflows.synapse.AnnotationValue;
import io.towpath.workflows.synapse.IndexedFile;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(120)
class AnnotationIT {
  private static final String UPDATE = "PUT /entity/{id}/bundle2";
  private static final String STATS = "multiqc/general_stats.txt";

  @AutoClose private final SynapseSandbox sandbox = new SynapseSandbox();
  private final IndexScene scene = new IndexScene(sandbox);

  @Test
  void files_say_what_they_are_and_later_entries_override_earlier_ones() {
    scene.output("star/s1.bam", "1").output("star/s1.log", "2").output("top.txt", "3");
    scene.annotations(
        set("**", Map.of("assay", "rnaSeq", "fileFormat", "other")),
        set(
            "star/{sample}.bam",
            Map.of(
                "fileFormat",
                "bam",
                "specimenID",
                "{sample}",
                "lanes",
                2,
                "depth",
                1.5,
                "paired",
                true,
                "tags",
                List.of("a {sample}", "b"))));
    sandbox.forget();

    List<IndexedFile> files = scene.index().files();

    assertThat(annotations(files, "star/s1.bam"))
        .containsEntry("assay", AnnotationValue.text("rnaSeq"))
        .containsEntry("fileFormat", AnnotationValue.text("bam"))
        .containsEntry("specimenID", AnnotationValue.text("s1"))
        .containsEntry("lanes", new AnnotationValue("LONG", List.of("2")))
        .containsEntry("depth", new AnnotationValue("DOUBLE", List.of("1.5")))
        .containsEntry("paired", new AnnotationValue("BOOLEAN", List.of("true")))
        .containsEntry("tags", new AnnotationValue("STRING", List.of("a s1", "b")))
        .containsKey("towpath.key");
    assertThat(annotations(files, "star/s1.log"))
        .containsEntry("fileFormat", AnnotationValue.text("other"))
        .doesNotContainKey("specimenID");
    assertThat(sandbox.effects(UPDATE)).isEmpty();
  }

  @Test
  void values_are_lifted_from_a_table_with_one_type_a_column() {
    table("Sample\tmapped\treads\tnote\ns1\t91.5\t10\tgood\ns2\tNA\t20\tNA\n");
    scene.output("s1.bam", "1").output("s2.bam", "2").output("s3.bam", "3");
    scene.annotations(lifted(Map.of("pct", "mapped", "reads", "reads", "note", "note")));

    IndexScene.Indexed indexed = scene.index();

    assertThat(annotations(indexed.files(), "s1.bam"))
        .containsEntry("pct", new AnnotationValue("DOUBLE", List.of("91.5")))
        .containsEntry("reads", new AnnotationValue("LONG", List.of("10")))
        .containsEntry("note", AnnotationValue.text("good"));
    assertThat(annotations(indexed.files(), "s2.bam"))
        .doesNotContainKey("pct")
        .containsEntry("note", AnnotationValue.text("NA"));
    assertThat(annotations(indexed.files(), "s3.bam")).containsOnlyKeys("towpath.key");
    assertThat(indexed.target().warnings())
        .singleElement()
        .satisfies(w -> assertThat(w).contains("1 files have no row", "\"s3\""));
  }

  @Test
  void an_unchanged_file_is_annotated_in_place_by_one_call_and_gets_no_version() {
    scene.output("a.bam", "1").output("b.bam", "2");
    scene.annotations(set("a.bam", Map.of("fileFormat", "bam"))).index();
    scene.annotations(set("a.bam", Map.of("fileFormat", "BAM", "qc", "passed")));
    sandbox.forget();

    IndexScene.Indexed again = scene.claim(generation(2)).index();

    assertThat(again.counts().annotated()).isEqualTo(1);
    assertThat(again.counts().unchanged()).isEqualTo(1);
    assertThat(again.lines().get(0)).isEqualTo("a.bam 1 " + IndexScene.md5("1") + " annotated");
    assertThat(sandbox.effects())
        .extracting(effect -> effect.route())
        .containsExactly("POST /activity", UPDATE);
    assertThat(annotations(again.files(), "a.bam"))
        .containsEntry("fileFormat", AnnotationValue.text("BAM"))
        .containsEntry("qc", AnnotationValue.text("passed"));
  }

  @Test
  void an_index_with_annotations_done_again_changes_nothing() {
    scene.output("a.bam", "1");
    scene.annotations(set("{s}.bam", Map.of("specimenID", "{s}", "depth", 1e9))).index();
    sandbox.forget();

    IndexScene.Indexed again = scene.claim(generation(2)).index();

    assertThat(again.counts().unchanged()).isEqualTo(1);
    assertThat(sandbox.effects(UPDATE)).isEmpty();
  }

  @Test
  void annotations_of_others_stay() {
    String theirs = sandbox.seed().file(scene.parent, "a.bam", "text/plain", new byte[] {'x'});
    sandbox.seed().annotate(theirs, "curator", List.of("ann"));
    scene.output("a.bam", "1").annotations(set("**", Map.of("fileFormat", "bam")));

    assertThat(annotations(scene.index().files(), "a.bam"))
        .containsKeys("curator", "fileFormat", "towpath.key");
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.Kind.class,
      names = {
        "REFUSE",
        "DROP_BEFORE_COMMIT",
        "DROP_AFTER_COMMIT",
        "STATUS_AFTER_COMMIT",
        "TRUNCATE"
      })
  void a_fault_leaves_the_same_annotations_and_no_version(Fault.Kind kind) {
    scene.output("a.bam", "1").index();
    scene.annotations(set("**", Map.of("fileFormat", "bam")));
    sandbox.forget();
    sandbox.strike(UPDATE, kind, 250, 502, 1);

    IndexScene.Indexed again = scene.claim(generation(2)).index();

    assertThat(again.lines()).containsExactly("a.bam 1 " + IndexScene.md5("1") + " annotated");
    assertThat(annotations(again.files(), "a.bam"))
        .containsEntry("fileFormat", AnnotationValue.text("bam"));
  }

  @Test
  void a_pattern_that_matches_nothing_is_a_warning() {
    scene.output("a.bam", "1").annotations(set("star/{s}.bam", Map.of("x", "{s}")));

    assertThat(scene.index().target().warnings())
        .containsExactly("index.annotations[0]: \"star/{s}.bam\" matches no output");
  }

  @Test
  void what_only_the_outputs_show_leaves_a_value_out_and_is_a_warning() {
    String name = "n".repeat(200);
    scene.output(name + ".bam", "1");
    scene.annotations(
        set("{s}.bam", Map.of("three", "{s}{s}{s}", "one", "{s}")), lifted(Map.of("x", "y")));

    IndexScene.Indexed indexed = scene.index();

    assertThat(annotations(indexed.files(), name + ".bam"))
        .containsEntry("one", AnnotationValue.text(name))
        .doesNotContainKey("three");
    assertThat(indexed.target().warnings())
        .anySatisfy(w -> assertThat(w).contains("there is no " + STATS))
        .anySatisfy(w -> assertThat(w).contains("three of ", "600 characters"));
  }

  @Test
  void a_table_without_the_wanted_columns_names_those_that_it_has() {
    table("Sample,mapped\ns1,1\ns1,2\n");
    scene.output("s1.bam", "1").annotations(lifted(Map.of("pct", "STAR_mapped")));

    assertThat(scene.index().target().warnings())
        .anySatisfy(w -> assertThat(w).contains("\"STAR_mapped\"", "it has: Sample, mapped"))
        .anySatisfy(w -> assertThat(w).contains("\"s1\" more than once"));
  }

  private void table(String text) {
    sandbox.put("run/out/" + STATS, text);
  }

  private Map<String, AnnotationValue> annotations(List<IndexedFile> files, String path) {
    String id =
        files.stream().filter(f -> f.path().equals(path)).findFirst().orElseThrow().synapseId();
    return sandbox.seen(id).annotations();
  }

  private static AnnotationRule set(String match, Map<String, Object> values) {
    return new AnnotationRule(match, values, Optional.empty());
  }

  private static AnnotationRule lifted(Map<String, String> columns) {
    return new AnnotationRule(
        "{sample}.bam", Map.of(), Optional.of(new FromTable(STATS, "Sample", "{sample}", columns)));
  }

  private static Claim generation(int number) {
    return new Claim(SynapseSandbox.CLAIM.businessKey(), number, 1);
  }
}
