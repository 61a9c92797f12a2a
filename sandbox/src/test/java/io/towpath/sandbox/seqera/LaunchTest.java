package io.towpath.sandbox.seqera;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(30)
final class LaunchTest {
  @AutoClose private final TestSeqera seqera = new TestSeqera(same -> same);

  @Test
  void a_submitted_run_has_names_and_session_but_no_start_commit_or_params() {
    String id = seqera.launched(seqera.quick("fresh-run"));

    JsonNode run = seqera.workflow(id);
    assertThat(id).matches("[0-9A-Za-z]{14}");
    assertThat(run.path("status").asText()).isEqualTo("SUBMITTED");
    assertThat(UUID.fromString(run.path("sessionId").asText())).isNotNull();
    assertThat(run.path("projectName").asText()).isEqualTo("towpath-demo/reads");
    assertThat(run.path("workDir").asText()).isEqualTo("s3://demo/work");
    assertThat(run.path("submit").asText()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
    for (String field : new String[] {"start", "commitId", "params", "stats"}) {
      assertThat(run.has(field)).isTrue();
      assertThat(run.path(field).isNull()).as(field).isTrue();
    }
    assertThat(run.path("commandLine").asText())
        .isEqualTo(
            "nextflow run 'https://github.com/towpath-demo/reads' -name fresh-run -params-file nf-"
                + id
                + ".params.json -with-tower -r 1.0.0");
  }

  @Test
  void a_run_goes_through_running_to_succeeded_and_writes_an_object_per_row() {
    String sheet = "sample,fastq_1\ns1,s3://demo/a\ns2,s3://demo/b\n";
    seqera.store.put(
        "demo", "in.csv", "text/csv", sheet.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    ObjectNode launch = seqera.quick("whole-run");
    launch.put("paramsText", "input: s3://demo/in.csv\noutdir: s3://demo/out\n");
    String id = seqera.launched(launch);
    seqera.pass(500);
    assertThat(seqera.workflow(id).path("status").asText()).isEqualTo("RUNNING");
    assertThat(seqera.workflow(id).path("commitId").asText()).hasSize(40);

    seqera.pass(1000);

    JsonNode run = seqera.workflow(id);
    assertThat(run.path("status").asText()).isEqualTo("SUCCEEDED");
    assertThat(run.path("exitStatus").asInt(-1)).isZero();
    assertThat(run.path("stats").path("succeedCount").asInt()).isEqualTo(3);
    assertThat(seqera.store.list("demo", "out/"))
        .extracting(stored -> stored.key())
        .containsExactly(
            "out/s1/s1.summary.txt", "out/s2/s2.summary.txt", "out/summary/summary.txt");
  }

  @ParameterizedTest
  @CsvSource({
    "computeEnvId,Missing launching environment profile",
    "workDir,Missing launching work directory"
  })
  void a_quick_launch_without_a_needed_field_is_refused(String field, String message) {
    ObjectNode launch = seqera.quick("incomplete");
    launch.remove(field);

    assertThat(seqera.launch(launch).status()).isEqualTo(400);
    assertThat(seqera.launch(launch).message()).isEqualTo(message);
    assertThat(seqera.effects()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1run", "run.1", "run--1", "run_", "last", "-run", "a b"})
  void a_run_name_that_nextflow_refuses_is_refused(String name) {
    assertThat(seqera.launch(seqera.quick(name)).status()).isEqualTo(400);
    String query = name.replace(" ", "%20");
    assertThat(seqera.get("/workflow/validate?runName=" + query).status()).isEqualTo(400);
  }

  @Test
  void a_run_name_of_81_characters_is_refused_and_of_80_accepted() {
    assertThat(seqera.launch(seqera.quick("a".repeat(81))).status()).isEqualTo(400);
    assertThat(seqera.launch(seqera.quick("a".repeat(80))).status()).isEqualTo(200);
  }

  @Test
  void fields_of_another_kind_are_refused_and_unknown_ones_ignored() {
    assertThat(seqera.launch(seqera.quick("odd-cpus").put("headJobCpus", "many")).status())
        .isEqualTo(400);
    assertThat(seqera.launch(seqera.quick("odd-flag").put("pullLatest", "maybe")).status())
        .isEqualTo(400);
    assertThat(seqera.launch(seqera.quick("odd-parser").put("syntaxParser", "v3")).status())
        .isEqualTo(400);
    ObjectNode script = seqera.quick("odd-script");
    script.putObject("preRunScript");
    assertThat(seqera.launch(script).status()).isEqualTo(400);
    seqera.launched(seqera.quick("new-field").put("ofALaterVersion", true));
  }

  @Test
  void the_ga4gh_paths_refuse_in_words_of_their_own() {
    var refused = seqera.raw("POST", seqera.api() + "/ga4gh/wes/v1/runs", "[]", TestSeqera.TOKEN);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body().path("msg").asText()).startsWith("Invalid JSON");
    assertThat(refused.body().path("status_code").asInt()).isEqualTo(400);
  }

  @Test
  void the_same_name_twice_without_a_session_makes_two_runs() {
    String first = seqera.launched(seqera.quick("twice"));
    String second = seqera.launched(seqera.quick("twice"));

    assertThat(first).isNotEqualTo(second);
    assertThat(seqera.effects()).isEqualTo(2);
    assertThat(seqera.found("?search=runName:twice")).hasSize(2);
  }

  @Test
  void an_unavailable_an_unknown_and_a_foreign_environment_are_refused() {
    assertThat(
            seqera
                .launch(seqera.quick("env").put("computeEnvId", "6hTqWmZpKcUaYb3RdLfEvN"))
                .status())
        .isEqualTo(400);
    assertThat(seqera.launch(seqera.quick("env").put("computeEnvId", "none")).status())
        .isEqualTo(400);
  }

  @Test
  void below_a_bucket_root_the_platform_chooses_the_work_directory() {
    String id = seqera.launched(seqera.quick("rooted").put("workDir", "s3://demo/"));

    assertThat(seqera.workflow(id).path("workDir").asText()).isEqualTo("s3://demo/scratch/" + id);
  }

  @Test
  void an_unknown_revision_ends_the_head_job_before_it_begins() {
    String id = seqera.launched(seqera.quick("lost").put("revision", "7.7.7"));
    seqera.pass(1000);

    JsonNode run = seqera.workflow(id);
    assertThat(run.path("status").asText()).isEqualTo("FAILED");
    assertThat(run.path("commitId").isNull()).isTrue();
    assertThat(run.path("errorReport").asText()).contains("Cannot find revision `7.7.7`");
  }

  @Test
  void a_fresh_launch_gets_a_session_of_the_platforms_own_unless_switched() {
    String mine = UUID.randomUUID().toString();
    String id = seqera.launched(seqera.quick("mine").put("sessionId", mine));
    assertThat(seqera.workflow(id).path("sessionId").asText()).isNotEqualTo(mine);

    try (TestSeqera keeping = new TestSeqera(SeqeraSettings::keepingClientSession)) {
      String kept = keeping.launched(keeping.quick("mine").put("sessionId", mine));
      assertThat(keeping.workflow(kept).path("sessionId").asText()).isEqualTo(mine);
      assertThat(keeping.get("/workflow/validate?runName=mine&sessionId=" + mine).status())
          .isEqualTo(409);
      assertThat(keeping.launch(keeping.quick("mine").put("sessionId", mine)).status())
          .isEqualTo(400);
    }
  }

  @Test
  void a_launch_only_role_needs_the_launch_of_a_launchpad_pipeline() {
    String base = seqera.api() + "/";
    String workspace = "?workspaceId=75887156211592";
    JsonNode pad = seqera.raw("GET", base + "pipelines" + workspace, "", TestSeqera.TOKEN).body();
    long pipeline = pad.path("pipelines").get(0).path("pipelineId").asLong();
    JsonNode launch =
        seqera
            .raw(
                "GET", base + "pipelines/" + pipeline + "/launch" + workspace, "", TestSeqera.TOKEN)
            .body()
            .path("launch");
    String quick = "{\"launch\":" + seqera.quick("quick") + "}";
    String withId = "{\"launch\":{\"id\":\"" + launch.path("id").asText() + "\"}}";

    String post = base + "workflow/launch" + workspace;
    assertThat(seqera.raw("POST", post, quick, TestSeqera.TOKEN).status()).isEqualTo(403);
    assertThat(seqera.raw("POST", post, withId, TestSeqera.TOKEN).status()).isEqualTo(200);
  }
}
