package io.towpath.sandbox.sevenbridges;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
final class FilesTest {
  @AutoClose private final TestSevenBridges sb = new TestSevenBridges(false);

  private TestSevenBridges.Answer folder(String name) {
    return sb.post(
        "/files", "{'name':'%s','type':'folder','project':'%s'}".formatted(name, sb.project));
  }

  @Test
  void of_many_that_make_the_same_folder_one_wins_and_the_others_get_5030() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<Callable<TestSevenBridges.Answer>> calls = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      calls.add(() -> folder("raced"));
    }
    List<Integer> statuses = new ArrayList<>();
    for (var answer : threads.invokeAll(calls)) {
      statuses.add(answer.get().status());
    }
    threads.shutdown();
    assertThat(statuses).containsOnlyOnce(201).contains(409);
    assertThat(folder("raced").code()).isEqualTo(5030);
    assertThat(sb.effects()).isEqualTo(1);
    assertThat(sb.get("/files?project=" + sb.project + "&name=raced").names()).hasSize(1);
  }

  @Test
  void listings_show_one_level_and_filter_by_repeated_names_metadata_and_tags() {
    String a = sb.imported("a.fq");
    sb.imported("b.fq");
    String inner = folder("inner").id();
    sb.post("/files/" + a + "/actions/copy", "{'parent':'" + inner + "'}");
    assertThat(sb.get("/files?project=" + sb.project).names())
        .containsExactly("a.fq", "b.fq", "inner");
    assertThat(sb.get("/files?parent=" + inner).names()).containsExactly("a.fq");
    assertThat(sb.get("/files/" + inner + "/list").names()).containsExactly("a.fq");
    sb.call("PATCH", "/files/" + a + "/metadata", "{\"sample_id\":\"s1\"}");
    sb.call("PUT", "/files/" + a + "/tags", "[\"t1\"]");
    String filter = "/files?fields=_all&project=" + sb.project;
    assertThat(sb.get(filter + "&name=a.fq&name=b.fq").names()).hasSize(2);
    assertThat(sb.get(filter + "&metadata.sample_id=s1").names()).containsExactly("a.fq");
    assertThat(sb.get(filter + "&tag=t1&name=b.fq").names()).isEmpty();
    assertThat(sb.get("/files").code()).isEqualTo(5029);
    assertThat(sb.get("/files?project=x").code()).isEqualTo(5005);
    assertThat(sb.get("/files?project=" + sb.project + "&parent=" + inner).code()).isEqualTo(5031);
  }

  @Test
  void metadata_merges_or_replaces_and_is_checked() {
    String id = sb.imported("a.fq");
    String path = "/files/" + id + "/metadata";
    sb.call("PATCH", path, "{\"a\":\"1\",\"b\":\"2\"}");
    assertThat(sb.call("PATCH", path, "{\"b\":null,\"c\":\"3\"}").text())
        .isEqualTo("{\"a\":\"1\",\"c\":\"3\"}");
    assertThat(sb.call("PUT", path, "{\"d\":\"4\"}").text()).isEqualTo("{\"d\":\"4\"}");
    long before = sb.effects();
    assertThat(sb.call("PATCH", path, "{\"x\":{\"y\":1}}").code()).isEqualTo(5006);
    assertThat(sb.effects()).isEqualTo(before);
    assertThat(sb.get(path).text()).isEqualTo("{\"d\":\"4\"}");
  }

  @Test
  void copies_are_renamed_when_their_name_is_taken_and_get_ids_of_their_own() {
    String id = sb.imported("a.fq");
    TestSevenBridges.Answer copy =
        sb.post("/files/" + id + "/actions/copy", "{'project':'" + sb.project + "'}");
    assertThat(copy.body().path("name").asText()).isEqualTo("_1_a.fq");
    assertThat(copy.id()).matches("[0-9a-f]{24}").isNotEqualTo(id);
    String inner = folder("inner").id();
    TestSevenBridges.Answer moved =
        sb.post("/files/" + id + "/actions/move", "{'parent':'" + inner + "'}");
    assertThat(moved.id()).isEqualTo(id);
    assertThat(sb.post("/files/" + inner + "/actions/copy", "{}").code()).isEqualTo(5018);
    assertThat(sb.call("DELETE", "/files/" + inner, "").code()).isEqualTo(5021);
    assertThat(sb.call("PATCH", "/files/" + inner + "/metadata", "{\"a\":\"b\"}").code())
        .isEqualTo(5025);
    assertThat(sb.call("DELETE", "/files/" + id, "").status()).isEqualTo(204);
    assertThat(sb.get("/files/" + id).code()).isEqualTo(5002);
  }

  @Test
  void bulk_calls_answer_in_order_item_by_item_and_take_100_at_most() {
    String a = sb.imported("a.fq");
    String b = sb.imported("b.fq");
    String none = "0".repeat(24);
    String ids = "{'file_ids':['%s','%s','%s']}".formatted(b, none, a);
    TestSevenBridges.Answer got = sb.post("/bulk/files/get", ids);
    assertThat(got.codes()).containsExactly(0, 5002, 0);
    assertThat(got.body().at("/items/0/resource/id").asText()).isEqualTo(b);
    String edit =
        "{'items':[{'id':'%s','metadata':{'k':'v'}},{'id':'%s','tags':['x']},{'id':'%s'}]}";
    assertThat(sb.post("/bulk/files/edit", edit.formatted(a, b, none)).codes())
        .containsExactly(0, 0, 5002);
    assertThat(sb.get("/files/" + a).body().at("/metadata/k").asText()).isEqualTo("v");
    assertThat(sb.get("/files/" + b).body().at("/tags/0").asText()).isEqualTo("x");
    String many =
        IntStream.range(0, 101).mapToObj(i -> "'" + a + "'").collect(Collectors.joining(","));
    assertThat(sb.post("/bulk/files/get", "{'file_ids':[" + many + "]}").status()).isEqualTo(400);
    long before = sb.effects();
    assertThat(sb.post("/bulk/files/delete", "{'file_ids':['" + none + "']}").codes())
        .containsExactly(5002);
    assertThat(sb.effects()).isEqualTo(before);
    assertThat(sb.post("/bulk/files/delete", ids).codes()).containsExactly(0, 5002, 0);
  }

  @Test
  void jobs_copy_behind_the_callers_back_and_count_what_failed() {
    String a = sb.imported("a.fq");
    String items =
        "{'items':[{'file':'%s','project':'%s'},{'file':'%s','project':'%s'}]}"
            .formatted(a, sb.project, "f".repeat(24), sb.project);
    TestSevenBridges.Answer job = sb.post("/async/files/copy", items);
    assertThat(job.body().path("state").asText()).isEqualTo("SUBMITTED");
    sb.pass(60);
    JsonNode running = sb.get("/async/files/copy/" + job.id()).body();
    assertThat(running.path("state").asText()).isEqualTo("RUNNING");
    sb.pass(100);
    JsonNode done = sb.get("/async/files/copy/" + job.id()).body();
    assertThat(done.path("state").asText()).isEqualTo("FINISHED");
    assertThat(done.path("completed_files").asInt()).isEqualTo(1);
    assertThat(done.path("failed_files").asInt()).isEqualTo(1);
    assertThat(sb.get(done.at("/result/0/resource/href").asText()).body().path("name").asText())
        .isEqualTo("_1_a.fq");
    assertThat(sb.get("/async/files/move/" + job.id()).status()).isEqualTo(404);
  }

  @Test
  void scrolling_needs_the_header_of_advance_access() {
    sb.imported("a.fq");
    String path = "/files/scroll?token=init&project=" + sb.project;
    assertThat(sb.get(path).code()).isEqualTo(90002);
    HttpRequest advance =
        HttpRequest.newBuilder(URI.create(sb.api() + path))
            .header("X-SBG-Auth-Token", TestSevenBridges.TOKEN)
            .header("X-SBG-Advance-Access", "Advance")
            .build();
    assertThat(sb.send(advance).names()).containsExactly("a.fq");
  }

  @Test
  void downloads_lead_to_the_object_and_other_services_find_it_too() {
    String id = sb.imported("a.fq");
    assertThat(sb.get("/files/" + id + "/download_info").body().path("url").asText())
        .isEqualTo("http://s3.invalid/demo/reads/a.fq");
    assertThat(sb.get("/files/" + folder("f").id() + "/download_info").code()).isEqualTo(5017);
    SevenBridgesFiles.StoredFile stored = sb.platform.files().find(id).orElseThrow();
    assertThat(stored.key()).isEqualTo("reads/a.fq");
    assertThat(stored.size()).isEqualTo("bytes of a.fq".length());
    assertThat(stored.etag()).isEqualTo(sb.store.head("demo", "reads/a.fq").orElseThrow().etag());
    assertThat(sb.platform.files().find("none")).isEmpty();
  }
}
