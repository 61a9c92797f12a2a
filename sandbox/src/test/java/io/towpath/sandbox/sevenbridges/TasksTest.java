package io.towpath.sandbox.sevenbridges;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(30)
final class TasksTest {
  @AutoClose private final TestSevenBridges sb = new TestSevenBridges(false);

  private TestSevenBridges.Answer draft(String name) {
    TestSevenBridges.Answer draft = sb.post("/tasks", sb.good(name, sb.imported(name + ".fq")));
    assertThat(draft.status()).isEqualTo(201);
    return draft;
  }

  private TestSevenBridges.Answer act(String id, String action) {
    return sb.post("/tasks/" + id + "/actions/" + action, "null");
  }

  private JsonNode task(String id) {
    return sb.get("/tasks/" + id).body();
  }

  private String status(String id) {
    return task(id).path("status").asText();
  }

  @Test
  void a_task_goes_from_draft_over_creating_queued_and_running_to_completed() {
    String id = draft("s1").id();
    Set<String> seen = new LinkedHashSet<>(List.of(status(id)));
    assertThat(act(id, "run").status()).isEqualTo(200);
    for (int i = 0; i < 120; i++) {
      seen.add(status(id));
      sb.pass(10);
    }
    assertThat(seen).containsExactly("DRAFT", "CREATING", "QUEUED", "RUNNING", "COMPLETED");
    JsonNode done = task(id);
    assertThat(done.at("/price/amount").asDouble()).isPositive();
    assertThat(done.path("end_time").asText()).isNotEmpty();
    assertThat(sb.get("/tasks/" + id + "/execution_details").body().path("jobs")).hasSize(1);
  }

  @Test
  void outputs_of_every_shape_are_real_bytes_and_files() {
    String id = draft("s1").id();
    act(id, "run");
    sb.pass(2000);
    JsonNode outputs = task(id).path("outputs");
    assertThat(outputs.at("/bam/name").asText()).isEqualTo("s1.bam");
    assertThat(outputs.at("/bam/secondaryFiles").findValuesAsText("name"))
        .containsExactly("s1.bam.bai", "s1.md5");
    assertThat(outputs.path("parts")).hasSize(2);
    assertThat(outputs.path("nested").path(1)).hasSize(2);
    assertThat(outputs.at("/folder/class").asText()).isEqualTo("Directory");
    assertThat(outputs.path("count").asInt()).isEqualTo(1);
    assertThat(outputs.path("log").isNull()).isTrue();
    JsonNode bam = sb.get("/files/" + outputs.at("/bam/path").asText()).body();
    assertThat(bam.at("/origin/task").asText()).isEqualTo(id);
    assertThat(bam.at("/storage/type").asText()).isEqualTo("PLATFORM");
    assertThat(bam.path("size").asLong()).isEqualTo(outputs.at("/bam/size").asLong());
    assertThat(sb.store.list("platform-own", id + "/")).hasSize(11);
    assertThat(sb.get("/files?fields=_all&project=" + sb.project + "&origin.task=" + id).names())
        .contains("s1.bam");
  }

  @Test
  void outputs_go_to_a_volume_when_asked_and_names_that_are_taken_change() {
    String file = sb.imported("a.fq");
    String body =
        sb.good("s1", file)
            .replaceFirst(
                "'inputs'",
                "'output_location':{'main_location':'volumes://ann/rw/runs/<task_id>'},'inputs'");
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      ids.add(sb.post("/tasks?action=run", body).id());
      sb.pass(2000);
    }
    JsonNode outputs = task(ids.get(1)).path("outputs");
    assertThat(outputs.at("/bam/name").asText()).isEqualTo("_1_s1.bam");
    JsonNode storage = sb.get("/files/" + outputs.at("/bam/path").asText()).body().path("storage");
    assertThat(storage.path("location").asText()).isEqualTo("runs/" + ids.get(1) + "/_1_s1.bam");
    assertThat(sb.store.head("demo", "out/" + storage.path("location").asText())).isPresent();
    TestSevenBridges.Answer readOnly = sb.post("/tasks", body.replace("ann/rw", "ann/ro"));
    assertThat(readOnly.body().path("errors")).isNotEmpty();
  }

  @Test
  void what_is_wrong_with_inputs_stands_in_the_draft_and_keeps_it_from_running() {
    String body =
        """
        {'name':'bad','project':'%s','app':'%s','inputs':{'reads':'x','depth':'deep',
         'mates':[{'class':'File','path':'%s'}],'strand':'no','extra':1}}
        """
            .formatted(sb.project, sb.app, "0".repeat(24));
    TestSevenBridges.Answer draft = sb.post("/tasks?action=run", body);
    assertThat(draft.status()).isEqualTo(201);
    assertThat(draft.body().path("status").asText()).isEqualTo("DRAFT");
    assertThat(String.join("\n", draft.body().path("errors").findValuesAsText("message")))
        .contains("sample", "reads", "depth", "mates", "strand");
    assertThat(draft.body().path("warnings").toString()).contains("extra");
    assertThat(act(draft.id(), "run").code()).isEqualTo(7024);
    String file = sb.imported("a.fq");
    ObjectNode repair =
        TestSevenBridges.object(
            "{'inputs':{'reads':[{'class':'File','path':'%s'}],'sample':'s','depth':1,'mates':null,'strand':'fr'}}"
                .formatted(file));
    TestSevenBridges.Answer patched = sb.call("PATCH", "/tasks/" + draft.id(), repair.toString());
    assertThat(patched.body().path("errors")).isEmpty();
    assertThat(act(draft.id(), "run").status()).isEqualTo(200);
  }

  @Test
  void run_abort_edit_and_delete_are_bound_to_the_status() {
    String id = draft("s1").id();
    assertThat(act(id, "abort").code()).isEqualTo(7011);
    act(id, "run");
    long effects = sb.effects();
    assertThat(act(id, "run").code()).isEqualTo(7010);
    assertThat(sb.call("DELETE", "/tasks/" + id, "").code()).isEqualTo(7007);
    assertThat(sb.call("PATCH", "/tasks/" + id, "{\"inputs\":{}}").code()).isEqualTo(7026);
    assertThat(sb.effects()).isEqualTo(effects);
    sb.pass(300);
    assertThat(sb.call("PATCH", "/tasks/" + id, "{\"name\":\"renamed\"}").status()).isEqualTo(200);
    assertThat(act(id, "abort").body().path("status").asText()).isEqualTo("ABORTING");
    assertThat(act(id, "abort").code()).isEqualTo(7011);
    sb.pass(3000);
    assertThat(status(id)).isEqualTo("ABORTED");
    assertThat(task(id).path("outputs")).isEmpty();
    String copy = act(id, "clone").id();
    assertThat(status(copy)).isEqualTo("DRAFT");
    assertThat(sb.call("DELETE", "/tasks/" + copy, "").status()).isEqualTo(204);
    assertThat(sb.get("/tasks/" + copy).code()).isEqualTo(7002);
    assertThat(sb.get("/tasks/nouuid").code()).isEqualTo(7005);
  }

  @Test
  void the_latest_revision_is_taken_unless_one_is_pinned() {
    sb.platform.seed().app(sb.project, "tool", TestSevenBridges.tool());
    String body = sb.good("s", sb.imported("a.fq"));
    assertThat(sb.post("/tasks", body).body().path("app").asText()).isEqualTo("ann/lab/tool/1");
    String pinned = body.replace(sb.app, sb.app + "/0");
    assertThat(sb.post("/tasks", pinned).body().path("app").asText()).isEqualTo("ann/lab/tool/0");
    assertThat(sb.post("/tasks", body.replace(sb.app, sb.app + "/7")).code()).isEqualTo(6002);
    assertThat(sb.post("/tasks", body.replace(sb.app, "x")).code()).isEqualTo(6011);
    assertThat(sb.post("/tasks", body.replace("'" + sb.project + "'", "'ann/no'")).code())
        .isEqualTo(3002);
  }

  @Test
  void names_are_not_unique_and_no_filter_knows_them() {
    String body = sb.good("same", sb.imported("a.fq"));
    sb.post("/tasks", body);
    sb.pass(1000);
    sb.post("/tasks", body);
    String all = "/tasks?project=" + sb.project;
    assertThat(sb.get(all + "&name=other").names()).containsExactly("same", "same");
    assertThat(sb.get(all + "&status=DRAFT").names()).hasSize(2);
    assertThat(sb.get(all + "&status=CREATING").code()).isEqualTo(7006);
    String from = "&created_from=" + sb.time.instant().toString().substring(0, 19);
    assertThat(sb.get(all + from).names()).hasSize(1);
    assertThat(sb.get(all + "&order_by=size").status()).isEqualTo(400);
  }

  @Test
  void plans_script_the_status_and_write_no_outputs() {
    sb.plan(
        "odd",
        TestSevenBridges.step("RUNNING", 500),
        TestSevenBridges.step("INVALID", 500),
        TestSevenBridges.step(
            "FAILED",
            "{'errorMessage':'out of memory','failedTasks':[{'name':'sort','exit':137}]}"));
    String id = draft("odd").id();
    act(id, "run");
    assertThat(status(id)).isEqualTo("RUNNING");
    sb.pass(600);
    assertThat(status(id)).isEqualTo("INVALID");
    sb.pass(600);
    JsonNode failed = task(id);
    assertThat(failed.path("status").asText()).isEqualTo("FAILED");
    assertThat(failed.at("/execution_status/message").asText()).isEqualTo("out of memory");
    assertThat(sb.get("/tasks/" + id + "/execution_details").body().at("/jobs/0/exit_code").asInt())
        .isEqualTo(137);
    assertThat(sb.store.list("platform-own", "")).isEmpty();
  }

  @Test
  void memoized_work_is_free_and_quick() {
    String body =
        sb.good("s1", sb.imported("a.fq"))
            .replaceFirst(
                "'inputs'",
                "'execution_settings':{'use_memoization':true},'use_interruptible_instances':true,'inputs'");
    String first = sb.post("/tasks?action=run", body).id();
    sb.pass(2000);
    String again = sb.post("/tasks?action=run", body).id();
    sb.pass(400);
    assertThat(status(again)).isEqualTo("COMPLETED");
    assertThat(task(again).at("/price/amount").asDouble()).isZero();
    assertThat(task(first).at("/price/amount").asDouble()).isPositive();
    assertThat(task(again).path("use_interruptible_instances").asBoolean()).isTrue();
  }

  @Test
  void a_batch_has_a_task_for_each_group_that_only_its_parent_shows() {
    List<String> files = new ArrayList<>();
    for (String name : List.of("a1", "a2", "b1")) {
      String id = sb.imported(name);
      String sample = name.substring(0, 1);
      sb.call("PATCH", "/files/" + id + "/metadata", "{\"sample_id\":\"" + sample + "\"}");
      files.add("{'class':'File','path':'" + id + "'}");
    }
    String body =
        """
        {'name':'batch','project':'%s','app':'%s','batch_input':'reads',
         'batch_by':{'type':'CRITERIA','criteria':['metadata.sample_id']},
         'inputs':{'sample':'x','reads':[%s]}}
        """
            .formatted(sb.project, sb.app, String.join(",", files));
    String parent = sb.post("/tasks", body).id();
    assertThat(sb.get("/tasks?fields=name&parent=" + parent).names())
        .containsExactlyInAnyOrder("batch - a", "batch - b");
    assertThat(sb.get("/tasks?project=" + sb.project).names()).containsExactly("batch");
    act(parent, "run");
    assertThat(status(parent)).isEqualTo("CREATING");
    sb.pass(2000);
    assertThat(status(parent)).isEqualTo("COMPLETED");
    assertThat(sb.post("/tasks", body.replace("'batch_input':'reads',", "")).code())
        .isEqualTo(7023);
    assertThat(sb.post("/tasks", body.replace("CRITERIA", "ALL")).code()).isEqualTo(7020);
    assertThat(sb.post("/tasks?batch=false", body).code()).isEqualTo(7021);
    String single = sb.post("/tasks?action=run&batch=false", body).id();
    assertThat(task(single).path("batch").asBoolean()).isFalse();
  }

  @Test
  void bulk_get_answers_task_by_task() {
    String id = draft("s1").id();
    String none = "11111111-1111-4111-8111-111111111111";
    TestSevenBridges.Answer got =
        sb.post("/bulk/tasks/get", "{'task_ids':['%s','%s','x']}".formatted(id, none));
    assertThat(got.codes()).containsExactly(0, 7002, 7005);
    assertThat(got.body().at("/items/0/resource/status").asText()).isEqualTo("DRAFT");
  }

  @Test
  void apps_are_copied_once_per_name_and_take_new_revisions() {
    String published = sb.platform.seed().publicProject("apps");
    sb.platform.seed().app(published, "tool", TestSevenBridges.tool());
    String copy = "/apps/" + published + "/tool/actions/copy";
    String body = "{'project':'" + sb.project + "','name':'mine','strategy':'clone'}";
    assertThat(sb.post(copy, body).id()).isEqualTo("ann/lab/mine/0");
    assertThat(sb.post(copy, body).code()).isEqualTo(6003);
    assertThat(sb.get("/apps?visibility=public").body().at("/items/0/id").asText())
        .isEqualTo("cavatica/apps/tool/0");
    assertThat(sb.get("/apps/ann/lab/mine").body().at("/raw/inputs/0/id").asText())
        .isEqualTo("#reads");
    assertThat(
            sb.call("POST", "/apps/ann/lab/mine/1/raw", TestSevenBridges.tool().toString())
                .status())
        .isEqualTo(201);
    assertThat(sb.get("/apps/ann/lab/mine/0/raw").body().path("sbg:revision").asInt()).isZero();
    assertThat(sb.get("/apps/ann/lab/mine").body().path("revision").asInt()).isEqualTo(1);
    assertThat(sb.get("/apps/ann/lab/mine/5").code()).isEqualTo(6002);
    assertThat(sb.get("/apps?project=" + sb.project).body().path("items")).hasSize(2);
  }
}
