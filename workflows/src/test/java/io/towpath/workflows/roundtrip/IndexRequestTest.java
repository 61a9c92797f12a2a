package io.towpath.workflows.roundtrip;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.workflows.model.Problem;
import io.towpath.workflows.model.SpecDigest;
import io.towpath.workflows.request.Reading;
import io.towpath.workflows.synapse.AnnotationRule;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class IndexRequestTest {
  @Test
  void annotations_are_read_with_types_and_a_table() {
    Map<String, Object> rule = rule();
    IndexRequest index = read(Map.of("annotations", List.of(rule))).index();

    assertThat(index.annotations())
        .singleElement()
        .satisfies(r -> assertThat(r.set()).containsEntry("lanes", 2).containsEntry("paired", true))
        .extracting(AnnotationRule::fromTable)
        .satisfies(table -> assertThat(table.orElseThrow().match()).isEqualTo("{sample}"));
  }

  @Test
  void every_bad_annotation_is_named_with_its_path_before_anything_starts() {
    Map<String, Object> rule = rule();
    rule.put(
        "set",
        new TreeMap<>(
            Map.of(
                "file format", "bam",
                "_accessRequirementIds", "1",
                "towpath.key", "x",
                "who", "{nobody}",
                "mixed", List.of("a", 1),
                "none", List.of(),
                "deep", Map.of("a", 1),
                "long", "x".repeat(501),
                "many", IntStream.range(0, 101).boxed().toList())));

    assertThat(problems(Map.of("annotations", List.of(rule, Map.of("match", "{a,b")))))
        .extracting(Problem::place)
        .containsExactlyInAnyOrder(
            "index.annotations[0].set.file format",
            "index.annotations[0].set._accessRequirementIds",
            "index.annotations[0].set.towpath.key",
            "index.annotations[0].set.who",
            "index.annotations[0].set.mixed",
            "index.annotations[0].set.none",
            "index.annotations[0].set.deep",
            "index.annotations[0].set.long",
            "index.annotations[0].set.many",
            "index.annotations[1].match",
            "index.annotations[1].set");
  }

  @Test
  void more_names_than_synapse_takes_are_refused() {
    Map<String, Object> set =
        IntStream.range(0, 100).boxed().collect(Collectors.toMap(i -> "n" + i, i -> i));

    assertThat(problems(Map.of("annotations", List.of(Map.of("match", "**", "set", set)))))
        .singleElement()
        .satisfies(p -> assertThat(p.text()).contains("100 names are too many"));
  }

  @Test
  void a_glob_that_is_none_is_refused_before_the_run_and_not_after_it() {
    assertThat(problems(Map.of("exclude", List.of("work/**", "{a,b"))))
        .extracting(Problem::place)
        .containsExactly("index.exclude[1]");
  }

  @Test
  void a_source_that_synapse_would_refuse_is_refused_before_the_run() {
    Map<String, Object> provenance =
        Map.of("used", List.of("auto", "syn12", "s3://b/k"), "executed", "docker://x");

    assertThat(problems(Map.of("provenance", provenance)))
        .extracting(Problem::place)
        .containsExactlyInAnyOrder(
            "index.provenance.used[1]", "index.provenance.used[2]", "index.provenance.executed");
  }

  @Test
  void sources_are_automatic_or_none_or_a_list_of_which_auto_is_one() {
    IndexRequest index =
        read(Map.of(
                "provenance",
                Map.of("used", "none", "executed", List.of("auto", "https://x.org/tool"))))
            .index();

    assertThat(index.provenance().used()).isEmpty();
    assertThat(index.provenance().executed()).containsExactly("auto", "https://x.org/tool");
  }

  @Test
  void outputs_of_another_bucket_need_a_storage_location_of_it() {
    Map<String, Object> from = Map.of("from", List.of("s3://other/x/", "${runs.reads.outdir}"));
    Map<String, Object> named = new TreeMap<>(from);
    named.put("storageLocation", 4711);

    assertThat(problems(from)).extracting(Problem::place).containsExactly("index.from[0]");
    assertThat(problems(named)).isEmpty();
    assertThat(problems(Map.of("from", List.of("x", "${runs.reads.outdri}/y"))))
        .extracting(Problem::place)
        .containsExactly("index.from[0]", "index.from[1]");
  }

  @Test
  void a_source_of_an_unknown_run_is_refused_by_its_name() {
    assertThat(problems(Map.of("from", List.of("${runs.nobody.outdir}/x/"))))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.place()).isEqualTo("index.from[0]");
              assertThat(problem.toString()).contains("nobody");
            });
  }

  @Test
  void what_is_left_out_adds_nothing_to_the_digest_and_what_is_asked_for_does() {
    assertThat(SpecDigest.of(read(Map.of()).index().effect()).value())
        .isEqualTo("a784301f64e295b6a3955d49e875e9e47880747da2969d7e7f6d06e416491b04");
    assertThat(read(Map.of("annotations", List.of(rule()))).index().effect())
        .isNotEqualTo(read(Map.of()).index().effect());
    assertThat(
            read(Map.of("annotations", List.of(), "provenance", Map.of("used", "auto")))
                .index()
                .effect())
        .isEqualTo(read(Map.of()).index().effect());
  }

  private static Map<String, Object> rule() {
    return new TreeMap<>(
        Map.of(
            "match", "star_salmon/{sample}.bam",
            "set",
                Map.of("fileFormat", "bam", "specimenID", "{sample}", "lanes", 2, "paired", true),
            "fromTable",
                Map.of(
                    "file", "multiqc/stats.txt",
                    "key", "Sample",
                    "match", "{sample}",
                    "set", Map.of("pctMapped", "mapped_percent"))));
  }

  private static List<Problem> problems(Map<String, Object> index) {
    Reading reading = new Reading();
    assertThat(reading.read(request(index), RoundTripRequest::read)).isNotNull();
    return reading.problems();
  }

  private static RoundTripRequest read(Map<String, Object> index) {
    assertThat(problems(index)).isEmpty();
    return new Reading().read(request(index), RoundTripRequest::read);
  }

  private static Map<String, Object> request(Map<String, Object> index) {
    Map<String, Object> json = RoundTripRequestTest.minimal();
    Map<String, Object> whole = new TreeMap<>(index);
    whole.put("parent", "syn2");
    json.put("index", whole);
    return json;
  }
}
