package io.towpath.workflows.roundtrip;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.workflows.model.ManifestVersion;
import io.towpath.workflows.model.Problem;
import io.towpath.workflows.model.RunKey;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.model.SynapseId;
import io.towpath.workflows.request.FieldDoc;
import io.towpath.workflows.request.Reading;
import io.towpath.workflows.tower.ResolvedRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RoundTripRequestTest {
  private static final String SHEET = "syn1.3";
  private static final String COMMIT = "c0ffee";

  static Map<String, Object> minimal() {
    Map<String, Object> json = new TreeMap<>();
    json.put("manifest", Map.of("synId", "syn1"));
    json.put("stage", Map.of("to", "s3://bucket/etl/"));
    json.put("runs", List.of(Map.of("name", "reads", "pipeline", "https://github.com/a/b")));
    json.put("index", Map.of("parent", "syn2"));
    return json;
  }

  @Test
  void a_minimal_request_needs_five_fields() {
    Reading reading = new Reading();
    RoundTripRequest request = reading.read(minimal(), RoundTripRequest::read);

    assertThat(reading.problems()).isEmpty();
    assertThat(request.recipe()).isEqualTo("reads");
    assertThat(request.runs().get(0).params())
        .containsEntry("input", "${stage.samplesheet}")
        .containsEntry("outdir", "${self.outdir}");
  }

  @Test
  void an_empty_request_names_every_required_field_at_once() {
    assertThat(problems(Map.of()))
        .extracting(Problem::place)
        .containsExactlyInAnyOrder("runs", "manifest.synId", "stage.to", "index.parent");
  }

  @Test
  void unknown_fields_are_refused_with_the_nearest_name() {
    Map<String, Object> json = minimal();
    json.put("mainfest", Map.of());
    json.put("runs", List.of(Map.of("name", "reads", "pipeline", "https://x", "revison", "1.0")));

    assertThat(problems(json))
        .contains(
            new Problem("mainfest", "unknown field; did you mean \"manifest\"?"),
            new Problem("runs[0].revison", "unknown field; did you mean \"revision\"?"));
  }

  @Test
  void parameters_that_look_like_secrets_are_refused_with_the_right_field() {
    Map<String, Object> json = minimal();
    json.put(
        "runs",
        List.of(
            Map.of(
                "name", "reads",
                "pipeline", "https://x",
                "params",
                    Map.of(
                        "synapse_token", "a8F3kq92LmZx01Qp77", "gencode", true, "tokens", "3"))));

    assertThat(problems(json))
        .singleElement()
        .satisfies(p -> assertThat(p.place()).isEqualTo("runs[0].params.synapse_token"))
        .satisfies(p -> assertThat(p.text()).contains("workspaceSecrets"));
  }

  @Test
  void a_placeholder_that_names_nothing_is_refused() {
    Map<String, Object> json = minimal();
    json.put(
        "runs",
        List.of(
            Map.of(
                "name",
                "reads",
                "pipeline",
                "https://x",
                "params",
                Map.of("a", "${self.outdri}"))));

    assertThat(problems(json)).extracting(Problem::place).containsExactly("runs[0].params.a");
  }

  @Test
  void a_cycle_a_later_run_and_an_unknown_run_are_all_told() {
    Map<String, Object> json = minimal();
    json.put("startFrom", "raeds");
    json.put(
        "runs",
        List.of(
            Map.of("name", "a", "pipeline", "https://x", "needs", List.of("b")),
            Map.of(
                "name",
                "b",
                "pipeline",
                "https://x",
                "inputs",
                Map.of(
                    "input", Map.of("from", "${runs.c.outdir}/t.csv", "expect", Map.of("row", "1")),
                    "other", Map.of("from", "s3://elsewhere/t.csv"))),
            Map.of("name", "d", "pipeline", "https://x", "needs", List.of("a", "d"))));

    assertThat(problems(json))
        .extracting(Problem::place)
        .containsExactlyInAnyOrder(
            "startFrom",
            "runs[0].needs",
            "runs[1].inputs.input",
            "runs[1].inputs.input.expect.row",
            "runs[1].inputs.other.from",
            "runs[2].needs");
  }

  @Test
  void describe_names_every_field_with_its_path() {
    assertThat(Reading.describe(RoundTripRequest::read))
        .extracting(FieldDoc::path)
        .contains(
            "manifest.synId",
            "stage.to",
            "runs[].pipeline",
            "runs[].onFailure.maxRelaunch",
            "index.parent",
            "rerun");
  }

  @Test
  void what_only_steers_does_not_change_the_digest() {
    Map<String, Object> steered = minimal();
    steered.put("dataset", "other");
    steered.put("rerun", "always");
    steered.put("stage", Map.of("to", "s3://bucket/etl", "maxParallel", 2, "mode", "stream"));

    assertThat(spec(steered).digest()).isEqualTo(spec(minimal()).digest());
  }

  @Test
  void the_digest_of_a_plain_request_is_that_of_earlier_versions() {
    assertThat(spec(minimal()).digest().value())
        .isEqualTo("738563442599a87092f90e1a1f280b4cd30688fc698835336e16990fabc8e039");
  }

  @Test
  void a_rule_for_names_and_another_layout_change_the_digest() {
    Map<String, Object> flat = minimal();
    flat.put("stage", Map.of("to", "s3://bucket/etl/", "layout", "flat"));
    Map<String, Object> renamed = minimal();
    renamed.put(
        "stage",
        Map.of("to", "s3://bucket/etl/", "rename", List.of(Map.of("match", "a", "replace", "b"))));

    assertThat(List.of(spec(minimal()).digest(), spec(flat).digest(), spec(renamed).digest()))
        .doesNotHaveDuplicates();
  }

  @Test
  void other_parameters_another_revision_or_another_sheet_never_get_the_old_run() {
    List<RoundTripSpec> specs = new ArrayList<>(List.of(spec(minimal())));
    specs.add(spec(withRun(Map.of("params", Map.of("gencode", true)))));
    specs.add(spec(withRun(Map.of("configText", "process.cpus = 2"))));
    specs.add(spec(withRun(Map.of("profiles", List.of("test")))));
    specs.add(spec(withRun(Map.of("preRunScript", "export A=1"))));
    specs.add(spec(withRun(Map.of("entryName", "OTHER"))));
    specs.add(spec(withRun(Map.of("workspaceSecrets", List.of("TOKEN")))));
    specs.add(spec(minimal(), SHEET, "another commit"));
    specs.add(spec(minimal(), "syn1.4", COMMIT));

    assertThat(specs).extracting(RoundTripSpec::digest).doesNotHaveDuplicates();
    assertThat(specs)
        .extracting(spec -> spec.runKey(spec.businessKey(), 0, 1, 0))
        .doesNotHaveDuplicates();
  }

  @Test
  void a_pipeline_that_is_written_another_way_is_the_same_work() {
    RoundTripSpec url = spec(withRun(Map.of("pipeline", "https://GitHub.com/a/b.git")));
    RoundTripSpec shorthand = spec(withRun(Map.of("pipeline", "a/b")));

    assertThat(shorthand.digest()).isEqualTo(url.digest());
    assertThat(shorthand.runKey("scope", 0, 1, 0)).isEqualTo(url.runKey("scope", 0, 1, 0));
  }

  @Test
  void a_resume_keeps_the_operation_key_and_a_rerun_does_not() {
    RoundTripSpec spec = spec(minimal());

    assertThat(spec.runKey("scope", 0, 1, 0)).isEqualTo(spec.runKey("scope", 0, 1, 0));
    assertThat(spec.runKey("scope", 0, 2, 0)).isNotEqualTo(spec.runKey("scope", 0, 1, 0));
    assertThat(spec.runKey("scope", 0, 1, 1)).isNotEqualTo(spec.runKey("scope", 0, 1, 0));
  }

  @Test
  void a_relaunch_is_counted_behind_the_key_and_never_in_a_number_of_the_users_own() {
    RunKey key = spec(minimal()).runKey("s", 0, 1, 0);

    assertThat(List.of("release_2024", "syn52120378_2", "v1-r1"))
        .extracting(name -> RoundTripSpec.runName(name, key, 1))
        .containsExactly(
            "release-2024-" + key + "-r1", "syn52120378-2-" + key + "-r1", "v1-r1-" + key + "-r1");
  }

  @Test
  void run_names_are_legal_for_nextflow_whatever_the_run_is_called() {
    RoundTripSpec spec = spec(minimal());
    for (String name : List.of("reads", "9lives", "A__b--c.", "x".repeat(55), "2024")) {
      assertThat(RoundTripSpec.runName(name, spec.runKey("s", 0, 1, 0), 12))
          .matches("[a-z](?:[a-z\\d]|[-_](?=[a-z\\d])){0,79}")
          .hasSizeLessThanOrEqualTo(80);
    }
  }

  private static List<Problem> problems(Map<String, Object> json) {
    Reading reading = new Reading();
    RoundTripRequest unused = reading.read(json, RoundTripRequest::read);
    assertThat(unused).isNotNull();
    return reading.problems();
  }

  /** The minimal request with more fields in its run, or others. */
  private static Map<String, Object> withRun(Map<String, Object> fields) {
    Map<String, Object> run =
        new TreeMap<>(Map.of("name", "reads", "pipeline", "https://github.com/a/b"));
    run.putAll(fields);
    Map<String, Object> json = minimal();
    json.put("runs", List.of(run));
    return json;
  }

  private static RoundTripSpec spec(Map<String, Object> json) {
    return spec(json, SHEET, COMMIT);
  }

  private static RoundTripSpec spec(Map<String, Object> json, String sheet, String commit) {
    RoundTripRequest request = new Reading().read(json, RoundTripRequest::read);
    return new RoundTripSpec(
        request,
        new ManifestVersion(
            new SynapseId(sheet),
            "samples.csv",
            Optional.of("m"),
            10,
            Optional.empty(),
            Optional.empty()),
        List.of(
            new ResolvedRun(
                7,
                "org/ws",
                "https://github.com/a/b",
                Optional.empty(),
                "1.0",
                Optional.of(commit),
                "env",
                "spot",
                new S3Uri("s3://bucket/work").value(),
                "",
                List.of(),
                List.of(),
                List.of())));
  }
}
