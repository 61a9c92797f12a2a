package io.towpath.sandbox.seqera;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.assertj.core.util.Lists;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(30)
final class RunsTest {
  @AutoClose private final TestSeqera seqera = new TestSeqera(same -> same);

  @Test
  void a_keyword_finds_equal_names_and_free_text_finds_prefixes() {
    seqera.launched(seqera.quick("run1"));
    seqera.launched(seqera.quick("run10"));
    seqera.launched(seqera.quick("other"));

    assertThat(seqera.found("?search=runName:run1")).containsExactly("run1");
    assertThat(seqera.found("?search=RUN1")).containsExactly("run10", "run1");
    assertThat(seqera.found("?search=*the")).containsExactly("other");
    assertThat(seqera.found("?search=TOWPATH-demo/")).hasSize(3);
    assertThat(seqera.found("?search=runName:run1%20status:FAILED")).isEmpty();
    assertThat(seqera.found("?search=runName:run1%20status:SUBMITTED")).containsExactly("run1");
    assertThat(seqera.found("?search=status:SUBMITTED%20status:RUNNING")).isEmpty();
    assertThat(seqera.found("?search=after:2026-11-24")).isEmpty();
    assertThat(seqera.found("?search=before:2026-11-24")).hasSize(3);
  }

  @Test
  void pages_are_newest_first_and_tell_a_total_only_when_asked() {
    for (int i = 0; i < 5; i++) {
      seqera.launched(seqera.quick("p" + i));
    }

    JsonNode page = seqera.get("/workflow?max=2&offset=2").body();
    assertThat(page.findValuesAsText("runName")).containsExactly("p2", "p1");
    assertThat(page.path("hasMore").asBoolean()).isTrue();
    assertThat(Lists.newArrayList(page.fieldNames())).containsExactly("hasMore", "workflows");
    JsonNode last = seqera.get("/workflow?max=2&offset=4&includeTotalSize=true").body();
    assertThat(last.path("hasMore").asBoolean()).isFalse();
    assertThat(last.path("totalSize").asInt()).isEqualTo(5);
    TestSeqera.Answer tooMany = seqera.get("/workflow?max=101");
    assertThat(tooMany.status()).isEqualTo(400);
    assertThat(tooMany.message())
        .endsWith("max parameter cannot be greater than 100 (current value=101)");
  }

  @Test
  void listings_lag_behind_but_the_run_itself_is_there_at_once() {
    try (TestSeqera lagging = new TestSeqera(s -> s.withListingLag(Duration.ofSeconds(2)))) {
      String id = lagging.launched(lagging.quick("late"));
      assertThat(lagging.found("?search=runName:late")).isEmpty();
      assertThat(lagging.workflow(id).path("runName").asText()).isEqualTo("late");

      lagging.pass(2000);

      assertThat(lagging.found("?search=runName:late")).hasSize(1);
    }
  }

  @Test
  void a_plan_shows_its_words_also_unknown_ones_and_recovers_from_unknown() {
    seqera.plan(
        "planned",
        TestSeqera.step("SUBMITTED", 100),
        TestSeqera.step("UNKNOWN", 100),
        TestSeqera.step("PAUSED_BY_ADMIN", 100),
        TestSeqera.step("SUCCEEDED", 0));
    String id = seqera.launched(seqera.quick("a-planned-run"));

    for (String status : List.of("SUBMITTED", "UNKNOWN", "PAUSED_BY_ADMIN", "SUCCEEDED")) {
      assertThat(seqera.workflow(id).path("status").asText()).isEqualTo(status);
      assertThat(seqera.workflow(id).path("complete").isNull())
          .isEqualTo(!status.equals("SUCCEEDED"));
      seqera.pass(100);
    }
    assertThat(seqera.store.list("demo", "out/")).isEmpty();
  }

  @Test
  void a_planned_failure_shows_its_detail_where_the_platform_shows_it() throws IOException {
    seqera.plan(
        "bad",
        TestSeqera.step("RUNNING", 100),
        TestSeqera.step(
            "FAILED",
            """
            {"errorMessage":"out of memory","exitStatus":137,"failedTasks":[
             {"name":"ALIGN (s1)","process":"ALIGN","tag":"s1","exit":137,"log":"Killed"}]}
            """));
    String id = seqera.launched(seqera.quick("bad"));
    seqera.pass(1000);

    JsonNode run = seqera.workflow(id);
    assertThat(run.path("errorMessage").asText()).isEqualTo("out of memory");
    assertThat(run.path("exitStatus").asInt()).isEqualTo(137);
    assertThat(run.path("errorReport").asText()).contains("ALIGN (s1)", "Killed");
    assertThat(run.path("stats").path("failedCount").asInt()).isEqualTo(1);
    JsonNode tasks = seqera.get("/workflow/" + id + "/tasks?search=FAILED").body();
    JsonNode task = tasks.path("tasks").get(0).path("task");
    assertThat(tasks.path("total").asInt()).isEqualTo(1);
    assertThat(task.path("name").asText()).isEqualTo("ALIGN (s1)");
    assertThat(task.path("tag").asText()).isEqualTo("s1");
    assertThat(task.path("exit").asInt()).isEqualTo(137);
    JsonNode log = seqera.get("/workflow/" + id + "/log/1").body().path("log");
    assertThat(log.path("entries").get(0).asText()).isEqualTo("Killed");
  }

  @Test
  void a_cancel_shows_later_and_a_cancel_of_an_ended_run_is_accepted_without_effect() {
    seqera.plan("long", TestSeqera.step("RUNNING", 100_000), TestSeqera.step("SUCCEEDED", 0));
    String id = seqera.launched(seqera.quick("long"));
    assertThat(seqera.post("/workflow/" + id + "/cancel", "").status()).isEqualTo(204);
    assertThat(seqera.workflow(id).path("status").asText()).isEqualTo("RUNNING");

    seqera.pass(500);

    assertThat(seqera.workflow(id).path("status").asText()).isEqualTo("CANCELLED");
    assertThat(seqera.post("/workflow/" + id + "/cancel", "{}").status()).isEqualTo(204);
    assertThat(seqera.effects()).isEqualTo(2);
  }

  @Test
  void active_runs_are_deleted_only_by_force_and_deleted_runs_are_forbidden() {
    String id = seqera.launched(seqera.quick("doomed"));
    assertThat(seqera.call("DELETE", "/workflow/" + id, "").status()).isEqualTo(400);
    assertThat(seqera.call("DELETE", "/workflow/" + id + "?force=true", "").status())
        .isEqualTo(204);

    TestSeqera.Answer gone = seqera.get("/workflow/" + id);
    assertThat(gone.status()).isEqualTo(403);
    assertThat(gone.text()).isEqualTo("{\"message\":\"Forbidden\"}");
    assertThat(seqera.found("?search=runName:doomed")).isEmpty();
  }

  @Test
  void labels_are_null_unless_asked_for_and_can_be_searched() {
    long label = seqera.post("/labels", "{\"name\":\"etl\"}").body().path("id").asLong();
    assertThat(seqera.post("/labels", "{\"name\":\"ETL\"}").body().path("id").asLong())
        .isEqualTo(label);
    var launch = seqera.quick("labelled");
    launch.putArray("labelIds").add(label);
    seqera.launched(launch);

    JsonNode plain = seqera.get("/workflow?search=label:etl").body().path("workflows").get(0);
    assertThat(plain.path("labels").isNull()).isTrue();
    JsonNode asked = seqera.get("/workflow?attributes=labels").body().path("workflows").get(0);
    assertThat(asked.path("labels").findValuesAsText("name")).containsExactly("etl");
    assertThat(seqera.post("/labels", "{\"name\":\"a--b\"}").status()).isEqualTo(400);
  }
}
