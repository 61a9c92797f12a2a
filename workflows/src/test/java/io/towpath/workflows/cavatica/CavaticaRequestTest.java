package io.towpath.workflows.cavatica;

import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.workflows.model.Problem;
import io.towpath.workflows.request.Reading;
import io.towpath.workflows.samples.SheetVersion;
import io.towpath.workflows.sevenbridges.ResolvedTarget;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class CavaticaRequestTest {
  private static final SheetVersion SHEET =
      new SheetVersion("default", "syn://syn12.4", "syn12.4", "sheet.csv", "0f");

  private final Map<String, Object> json = new TreeMap<>();

  CavaticaRequestTest() {
    json.put("sheet", Map.of("uri", "syn://syn12.4"));
    json.put("project", "dcc/sandbox");
    json.put("import", Map.of("volume", "dcc/reads_ro"));
    json.put("app", Map.of("id", "pub/apps/rnaseq", "revision", 3));
    json.put("tasks", Map.of("inputs", Map.of("sample_name", "sample_id", "lanes", 2)));
  }

  @Test
  void a_minimal_request_has_defaults_for_everything_else() {
    CavaticaRequest request = read();

    assertThat(problems()).isEmpty();
    assertThat(request.rules().groupBy()).isEqualTo("sample_id");
    assertThat(request.rules().s3Uri()).isEqualTo("s3_uri");
    assertThat(request.rules().taskName()).isEqualTo("{sample_id} rnaseq [{opKey}]");
    assertThat(request.tasks().maxConcurrent()).isEqualTo(50);
    assertThat(request.drs()).isEmpty();
  }

  @Test
  void a_constant_of_an_input_is_the_expression_that_it_is_in_json() {
    assertThat(read().tasks().inputs()).containsEntry("lanes", "2");
  }

  @Test
  void every_problem_is_told_at_once_with_its_place() {
    json.put("sheet", Map.of("uri", "https://host/sheet.csv"));
    json.put("project", "sandbox");
    json.put("createProject", true);
    json.put("app", Map.of("id", "pub/apps/rnaseq/3"));
    json.put("tasks", Map.of("adapter", "activity", "launch", "now", "maxConcurent", 3));
    json.put("collate", Map.of("to", "syn12", "export", Map.of("volume", "v", "prefix", "/a")));
    json.put("drs", Map.of("minter", "cavatica-dataset", "publish", "auto"));

    assertThat(problems())
        .extracting(Problem::place)
        .containsExactlyInAnyOrder(
            "sheet.uri",
            "project",
            "billingGroup",
            "app.id",
            "tasks.activity",
            "tasks.launch",
            "tasks.inputs",
            "tasks.maxConcurent",
            "collate.to",
            "collate.export.volume",
            "collate.export.prefix",
            "drs.dataset");
  }

  @Test
  void an_id_for_an_object_needs_an_object() {
    json.put("drs", Map.of("minter", "indexd", "selfUriBase", "drs://dg.4503:"));

    assertThat(problems())
        .singleElement()
        .satisfies(problem -> assertThat(problem.place()).isEqualTo("drs.minter"))
        .satisfies(problem -> assertThat(problem.text()).contains("collate.export"));
  }

  @Test
  void an_id_of_synapse_needs_a_folder_there_and_an_object() {
    json.put("drs", Map.of("minter", "synapse"));

    assertThat(problems())
        .extracting(Problem::place)
        .containsExactlyInAnyOrder("drs.parent", "drs.minter");
  }

  @Test
  void only_a_dataset_of_cavatica_is_published() {
    json.put("drs", Map.of("minter", "cavatica-implicit", "publish", "afterApproval"));

    assertThat(problems())
        .singleElement()
        .satisfies(problem -> assertThat(problem.place()).isEqualTo("drs.publish"));
  }

  @Test
  void the_key_names_project_sheet_and_app() {
    assertThat(spec().businessKey()).isEqualTo("cavatica-drs/dcc/sandbox/syn12.4/rnaseq");
    assertThat(spec().manifestName()).isEqualTo("syn12.4.rnaseq.outputs.csv");
  }

  @Test
  void what_only_steers_is_no_part_of_the_digest() {
    String before = spec().digest().value();
    json.put("dataset", "a label");
    json.put("rerun", "always");
    json.put(
        "tasks",
        Map.of(
            "inputs",
            Map.of("sample_name", "sample_id", "lanes", 2),
            "maxConcurrent",
            3,
            "maxReruns",
            4,
            "interruptible",
            false,
            "memoize",
            false,
            "launch",
            "afterApproval",
            "onTaskFailure",
            "stop"));

    assertThat(spec().digest().value()).isEqualTo(before);
  }

  @Test
  void drafts_alone_are_the_same_work_and_not_all_of_it() {
    assertThat(spec().preliminary()).isFalse();
    String before = spec().digest().value();
    json.put(
        "tasks",
        Map.of("inputs", Map.of("sample_name", "sample_id", "lanes", 2), "launch", "draftOnly"));

    assertThat(spec().digest().value()).isEqualTo(before);
    assertThat(spec().preliminary()).isTrue();
  }

  @Test
  void the_digest_stays_what_it_was() {
    assertThat(spec().digest().value())
        .isEqualTo("a59947adcb16c456e7470b7fb1567680a6e5a46ad75382de8d0af2cd41395f43");
  }

  @Test
  void a_pinned_request_names_versions() {
    json.put("sheet", Map.of("uri", "syn://syn12", "format", "tsv"));
    json.put("app", Map.of("id", "pub/apps/rnaseq"));

    assertThat(spec().pinned(json))
        .containsEntry("sheet", Map.of("uri", "syn://syn12.4", "format", "tsv"))
        .containsEntry("app", Map.of("id", "pub/apps/rnaseq", "revision", 3));
  }

  @Test
  void what_is_pinned_to_an_apps_first_revision_can_be_read_again() {
    json.putAll(spec("pub/apps/rnaseq/0").pinned(json));

    assertThat(problems()).isEmpty();
    assertThat(read().app().revision()).contains(0);
  }

  private CavaticaSpec spec() {
    return spec("pub/apps/rnaseq/3");
  }

  private CavaticaSpec spec(String app) {
    return new CavaticaSpec(
        read(),
        SHEET,
        new ResolvedTarget(
            true, Optional.empty(), app, Optional.empty(), Optional.empty(), List.of(), List.of()));
  }

  private CavaticaRequest read() {
    return new Reading().read(json, CavaticaRequest::read);
  }

  private List<Problem> problems() {
    Reading reading = new Reading();
    reading.read(json, CavaticaRequest::read);
    return reading.problems();
  }
}
