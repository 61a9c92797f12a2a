package io.towpath.workflows.roundtrip;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.workflows.model.ManifestVersion;
import io.towpath.workflows.model.Problem;
import io.towpath.workflows.model.SynapseId;
import io.towpath.workflows.request.FieldDoc;
import io.towpath.workflows.request.Reading;
import io.towpath.workflows.samplesheet.PrepareRules;
import io.towpath.workflows.tower.ResolvedRun;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PrepareRequestTest {
  private static final String DIGEST = "ab".repeat(32);

  @Test
  void the_example_of_the_specification_is_read() {
    Map<String, Object> prepare = new TreeMap<>();
    prepare.put("select", List.of("sample", "fastq_1", "fastq_2", "strandedness"));
    prepare.put("rename", Map.of());
    prepare.put("map", Map.of("strandedness", "$default($,'auto')"));
    prepare.put("schema", "nf-core/rnaseq");

    PrepareRules rules = rules(prepare);

    assertThat(rules.map()).containsEntry("strandedness", "$default($,'auto')");
    assertThat(rules.sheetSchema().orElseThrow().pipeline()).isEqualTo("nf-core/rnaseq");
    assertThat(rules.shapes()).isTrue();
  }

  @Test
  void everything_wrong_is_named_at_once_with_its_place() {
    Map<String, Object> prepare = new TreeMap<>();
    prepare.put("select", List.of("a", "a"));
    prepare.put("group", "b");
    prepare.put("map", Map.of("x", 3));
    prepare.put("rename", Map.of("p", "q", "r", "q"));
    prepare.put("activity", Map.of("name", "mine"));
    prepare.put(
        "schema", Map.of("sheet", Map.of("url", "http://x", "sha256", "12"), "params", "sarek"));
    prepare.put("mapp", Map.of());

    assertThat(problems(prepare))
        .extracting(Problem::place)
        .containsExactlyInAnyOrder(
            "prepare.select",
            "prepare.group",
            "prepare.map.x",
            "prepare.rename",
            "prepare.activity.taskQueue",
            "prepare.schema.sheet",
            "prepare.schema.sheet.sha256",
            "prepare.schema.params",
            "prepare.mapp");
  }

  @Test
  void without_it_the_digest_is_as_it_was_and_an_empty_one_is_none() {
    assertThat(spec(Optional.empty()).effect()).doesNotContainKey("prepare");
    assertThat(spec(Optional.of(Map.of())).digest()).isEqualTo(spec(Optional.empty()).digest());
    assertThat(spec(Optional.of(Map.of("select", List.of("a")))).digest())
        .isNotEqualTo(spec(Optional.empty()).digest());
  }

  @Test
  void where_a_pinned_schema_lies_is_no_part_of_the_digest_but_its_bytes_are() {
    assertThat(pinned("https://a.org/s.json", DIGEST)).isEqualTo(pinned("https://b.org/s", DIGEST));
    assertThat(pinned("https://a.org/s.json", DIGEST))
        .isNotEqualTo(pinned("https://a.org/s.json", "cd".repeat(32)));
  }

  @Test
  void a_pipelines_own_schema_comes_from_the_commit_of_its_run() {
    Map<String, Object> prepare = Map.of("schema", "nf-core/reads");

    RoundTripSpec own = spec(Optional.of(prepare), "https://github.com/nf-core/reads");
    RoundTripSpec other = spec(Optional.of(prepare), "https://github.com/a/reads");

    assertThat(revision(own)).isEqualTo("c0ffee");
    assertThat(revision(other)).isEqualTo("1.0");
  }

  @Test
  void the_sheet_is_named_after_its_form() {
    assertThat(spec(Optional.empty()).sheetName()).isEqualTo("samplesheet.csv");
    assertThat(spec(Optional.of(Map.of("write", "json"))).sheetName())
        .isEqualTo("samplesheet.json");
  }

  @Test
  void describe_names_its_fields() {
    assertThat(Reading.describe(RoundTripRequest::read))
        .extracting(FieldDoc::path)
        .contains("prepare.map", "prepare.schema", "prepare.activity", "prepare.write");
  }

  private static String revision(RoundTripSpec spec) {
    return spec.preparation().orElseThrow().sheetSchema().orElseThrow().revision();
  }

  private static Object pinned(String url, String sha256) {
    return spec(Optional.of(Map.of("schema", Map.of("url", url, "sha256", sha256)))).digest();
  }

  private static PrepareRules rules(Map<String, Object> prepare) {
    Reading reading = new Reading();
    RoundTripRequest request = reading.read(json(Optional.of(prepare)), RoundTripRequest::read);
    assertThat(reading.problems()).isEmpty();
    return request.prepare().orElseThrow();
  }

  private static List<Problem> problems(Map<String, Object> prepare) {
    Reading reading = new Reading();
    RoundTripRequest unused = reading.read(json(Optional.of(prepare)), RoundTripRequest::read);
    assertThat(unused).isNotNull();
    return reading.problems();
  }

  private static Map<String, Object> json(Optional<Map<String, Object>> prepare) {
    Map<String, Object> json = RoundTripRequestTest.minimal();
    prepare.ifPresent(given -> json.put("prepare", given));
    return json;
  }

  private static RoundTripSpec spec(Optional<Map<String, Object>> prepare) {
    return spec(prepare, "https://github.com/a/b");
  }

  private static RoundTripSpec spec(Optional<Map<String, Object>> prepare, String pipeline) {
    return new RoundTripSpec(
        new Reading().read(json(prepare), RoundTripRequest::read),
        new ManifestVersion(
            new SynapseId("syn1.3"),
            "samples.csv",
            Optional.of("m"),
            10,
            Optional.empty(),
            Optional.empty()),
        List.of(
            new ResolvedRun(
                7,
                "org/ws",
                pipeline,
                Optional.empty(),
                "1.0",
                Optional.of("c0ffee"),
                "env",
                "spot",
                "s3://bucket/work",
                "",
                List.of(),
                List.of(),
                List.of())));
  }
}
