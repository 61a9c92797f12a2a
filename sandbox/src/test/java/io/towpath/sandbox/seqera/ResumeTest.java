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

@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(30)
final class ResumeTest {
  @AutoClose private final TestSeqera seqera = new TestSeqera(same -> same);

  @Test
  void a_resume_as_the_platforms_own_clients_send_it_runs_in_the_same_session() {
    String first = seqera.launched(seqera.quick("work"));
    seqera.pass(2000);

    String second = seqera.launched(resume(first, "work-r1"));
    seqera.pass(2000);

    JsonNode run = seqera.workflow(second);
    assertThat(second).isNotEqualTo(first);
    assertThat(run.path("sessionId")).isEqualTo(seqera.workflow(first).path("sessionId"));
    assertThat(run.path("resume").asBoolean()).isTrue();
    assertThat(run.path("stats").path("cachedCount").asInt()).isEqualTo(1);
  }

  @Test
  void a_session_in_use_fences_a_second_resume() {
    String first = seqera.launched(seqera.quick("work"));
    seqera.pass(2000);
    String running = seqera.launched(resume(first, "work-r1"));

    assertThat(seqera.launch(resume(first, "work-r2")).status()).isEqualTo(400);

    seqera.pass(2000);
    assertThat(seqera.workflow(running).path("status").asText()).isEqualTo("SUCCEEDED");
    assertThat(seqera.launch(resume(first, "work-r2")).status()).isEqualTo(200);
  }

  @Test
  void unknown_without_completion_still_holds_its_session() {
    seqera.plan("^lost$", TestSeqera.step("RUNNING", 100), TestSeqera.step("UNKNOWN", 0));
    String first = seqera.launched(seqera.quick("lost"));
    seqera.pass(5000);

    assertThat(seqera.workflow(first).path("status").asText()).isEqualTo("UNKNOWN");
    assertThat(seqera.launch(resume(first, "lost-r1")).status()).isEqualTo(400);
  }

  @Test
  void a_name_is_unique_within_its_session() {
    String first = seqera.launched(seqera.quick("work"));
    seqera.pass(2000);

    assertThat(seqera.launch(resume(first, "work")).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource({
    "workDir,s3://demo/elsewhere",
    "revision,1.0.0",
    "pipeline,https://github.com/towpath-demo/other",
    "sessionId,7f3b1a52-30a7-4b0e-9f4e-0d8f3a1b2c3d"
  })
  void a_resume_that_changes_what_it_resumes_is_refused(String field, String value) {
    String first = seqera.launched(seqera.quick("work"));
    seqera.pass(2000);

    assertThat(seqera.launch(resume(first, "work-r1").put(field, value)).status()).isEqualTo(400);
    assertThat(seqera.effects()).isEqualTo(1);
  }

  @Test
  void a_resume_without_a_session_is_refused_with_the_real_words() {
    String first = seqera.launched(seqera.quick("work"));
    seqera.pass(2000);
    ObjectNode launch = resume(first, "work-r1").putNull("sessionId");

    assertThat(seqera.launch(launch).message())
        .isEqualTo("Field 'sessionId' with value 'null' must not be null");
  }

  @Test
  void a_run_that_never_began_cannot_be_resumed() {
    seqera.plan("^dead$", TestSeqera.step("SUBMITTED", 100), TestSeqera.step("FAILED", 0));
    String first = seqera.launched(seqera.quick("dead"));
    seqera.pass(2000);

    JsonNode launch = seqera.get("/workflow/" + first + "/launch").body().path("launch");
    assertThat(launch.path("resumeCommitId").isNull()).isTrue();
    assertThat(seqera.launch(resume(first, "dead-r1")).status()).isEqualTo(400);
  }

  @Test
  void a_known_session_without_launch_id_makes_a_new_run_in_it() {
    String session = UUID.randomUUID().toString();
    ObjectNode launch = seqera.quick("by-session").put("resume", true).put("sessionId", session);

    String id = seqera.launched(launch);

    assertThat(seqera.workflow(id).path("sessionId").asText()).isEqualTo(session);
  }

  private ObjectNode resume(String id, String runName) {
    JsonNode launch = seqera.get("/workflow/" + id + "/launch").body().path("launch");
    ObjectNode again = seqera.quick(runName).put("resume", true);
    again.set("id", launch.path("id"));
    again.set("sessionId", launch.path("sessionId"));
    again.set("workDir", launch.path("resumeDir"));
    return again.set("revision", launch.path("resumeCommitId"));
  }
}
