package io.towpath.sandbox.sevenbridges;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(30)
final class TransfersTest {
  @AutoClose private final TestSevenBridges sb = new TestSevenBridges(false);

  private String item(String location, String more) {
    return "{'source':{'volume':'%s','location':'%s'},'destination':{'project':'%s'}%s}"
        .formatted(sb.readOnly, location, sb.project, more);
  }

  private JsonNode done(String kind, TestSevenBridges.Answer job) {
    assertThat(job.status()).isEqualTo(201);
    sb.pass(500);
    return sb.get("/storage/" + kind + "/" + job.id()).body();
  }

  private JsonNode imported(String location, String more) {
    return done("imports", sb.post("/storage/imports", item(location, more)));
  }

  @Test
  void an_import_is_pending_then_running_then_an_alias_without_a_copy() {
    sb.object("run/a.fq", "abc");
    TestSevenBridges.Answer job = sb.post("/storage/imports", item("run/a.fq", ""));
    assertThat(job.body().path("state").asText()).isEqualTo("PENDING");
    sb.pass(60);
    String running = sb.get("/storage/imports/" + job.id()).body().path("state").asText();
    assertThat(running).isEqualTo("RUNNING");
    assertThat(sb.get("/files?project=" + sb.project).names()).isEmpty();
    JsonNode done = done("imports", job);
    assertThat(done.path("state").asText()).isEqualTo("COMPLETED");
    JsonNode file = sb.get(done.at("/result/href").asText()).body();
    assertThat(file.path("name").asText()).isEqualTo("a.fq");
    assertThat(file.path("size").asLong()).isEqualTo(3);
    assertThat(file.path("storage").toString())
        .isEqualTo("{\"type\":\"VOLUME\",\"volume\":\"ann/ro\",\"location\":\"run/a.fq\"}");
    assertThat(sb.store.list("platform-own", "")).isEmpty();
  }

  @Test
  void a_missing_key_and_a_taken_name_show_only_when_the_job_ends() {
    sb.object("a.fq", "abc");
    JsonNode first = imported("a.fq", "");
    assertThat(imported("none.fq", "").at("/error/code").asInt()).isEqualTo(9105);
    JsonNode taken = imported("a.fq", "");
    assertThat(taken.path("state").asText()).isEqualTo("FAILED");
    assertThat(taken.at("/error/code").asInt()).isEqualTo(9108);
    assertThat(imported("a.fq", ",'autorename':true").at("/result/name").asText())
        .isEqualTo("_1_a.fq");
    JsonNode replaced = imported("a.fq", ",'overwrite':true");
    assertThat(replaced.at("/result/id").asText()).isNotEqualTo(first.at("/result/id").asText());
    assertThat(sb.get("/files/" + first.at("/result/id").asText()).status()).isEqualTo(404);
    assertThat(sb.get("/files?project=" + sb.project).names())
        .containsExactlyInAnyOrder("a.fq", "_1_a.fq");
  }

  @Test
  void two_imports_of_one_name_are_both_taken_and_one_ends_9108() {
    sb.object("a.fq", "abc");
    TestSevenBridges.Answer both =
        sb.post(
            "/bulk/storage/imports/create",
            "{'items':[" + item("a.fq", "") + "," + item("a.fq", "") + "]}");
    assertThat(both.codes()).containsExactly(0, 0);
    sb.pass(500);
    String ids =
        both.body().path("items").findValues("resource").stream()
            .map(job -> "'" + job.path("id").asText() + "'")
            .collect(Collectors.joining(","));
    TestSevenBridges.Answer jobs =
        sb.post("/bulk/storage/imports/get", "{'import_ids':[" + ids + ",'nojob']}");
    assertThat(jobs.codes()).containsExactly(0, 0, 9008);
    assertThat(jobs.body().at("/items/0/resource/state").asText()).isEqualTo("COMPLETED");
    assertThat(jobs.body().at("/items/1/resource/error/code").asInt()).isEqualTo(9108);
    assertThat(sb.effects()).isEqualTo(1);
  }

  @Test
  void what_can_be_told_at_once_is_refused_at_once() {
    assertThat(sb.post("/storage/imports", item("x", "").replace("ann/ro", "ann/no")).code())
        .isEqualTo(9007);
    assertThat(sb.post("/storage/imports", item("x", "").replace(sb.project, "a/b")).code())
        .isEqualTo(9012);
    assertThat(sb.post("/storage/imports", "{}").code()).isEqualTo(9011);
    String items =
        IntStream.range(0, 101).mapToObj(i -> item("f" + i, "")).collect(Collectors.joining(","));
    assertThat(sb.post("/bulk/storage/imports/create", "{'items':[" + items + "]}").status())
        .isEqualTo(400);
    TestSevenBridges.Answer bulk =
        sb.post(
            "/bulk/storage/imports/create",
            "{'items':[" + item("x", "").replace("ann/ro", "ann/no") + "]}");
    assertThat(bulk.status()).isEqualTo(200);
    assertThat(bulk.codes()).containsExactly(9007);
    assertThat(sb.effects()).isZero();
  }

  @Test
  void a_folder_is_imported_with_its_folders() {
    sb.object("run/x/a.fq", "1");
    sb.object("run/b.fq", "2");
    JsonNode job = imported("run/", "");
    String folder = job.at("/result/id").asText();
    assertThat(sb.get("/files/" + folder + "/list").names()).containsExactlyInAnyOrder("x", "b.fq");
  }

  @Test
  void a_plan_says_how_a_job_goes_on() {
    sb.object("slow.fq", "1");
    sb.plan(
        "slow",
        TestSevenBridges.step("PENDING", 10_000),
        TestSevenBridges.step("FAILED", "{'errorMessage':'bucket on fire','code':9103}"));
    TestSevenBridges.Answer job = sb.post("/storage/imports", item("slow.fq", ""));
    sb.pass(9_000);
    assertThat(sb.get("/storage/imports/" + job.id()).body().path("state").asText())
        .isEqualTo("PENDING");
    assertThat(sb.get("/storage/imports?state=PENDING").body().path("items")).hasSize(1);
    JsonNode failed =
        done("imports", new TestSevenBridges.Answer(201, job.headers(), job.body(), ""));
    assertThat(failed.path("state").asText()).isEqualTo("PENDING");
    sb.pass(600);
    failed = sb.get("/storage/imports/" + job.id()).body();
    assertThat(failed.at("/error/message").asText()).isEqualTo("bucket on fire");
    assertThat(failed.at("/error/code").asInt()).isEqualTo(9103);
  }

  private String export(String file, String volume, String more) {
    return "{'source':{'file':'%s'},'destination':{'volume':'%s','location':'x/out.txt'}%s}"
        .formatted(file, volume, more);
  }

  @Test
  void an_export_makes_the_file_an_alias_and_cannot_be_repeated() {
    String id = sb.platform.seed().file(sb.project, "out.txt", new byte[] {1, 2, 3});
    assertThat(sb.store.list("platform-own", "")).hasSize(1);
    JsonNode done = done("exports", sb.post("/storage/exports", export(id, sb.readWrite, "")));
    assertThat(done.path("state").asText()).isEqualTo("COMPLETED");
    assertThat(sb.get("/files/" + id).body().at("/storage/location").asText())
        .isEqualTo("x/out.txt");
    assertThat(sb.store.head("demo", "out/x/out.txt").orElseThrow().size()).isEqualTo(3);
    assertThat(sb.store.list("platform-own", "")).isEmpty();
    assertThat(sb.post("/storage/exports", export(id, sb.readWrite, "")).code()).isEqualTo(9006);
  }

  @Test
  void a_taken_location_and_a_read_only_volume_fail_the_export() {
    String id = sb.platform.seed().file(sb.project, "out.txt", new byte[] {1, 2, 3});
    String copy = "/storage/exports?copy_only=true";
    assertThat(
            done("exports", sb.post("/storage/exports", export(id, sb.readOnly, "")))
                .at("/error/code")
                .asInt())
        .isEqualTo(9101);
    assertThat(done("exports", sb.post(copy, export(id, sb.readWrite, ""))).has("error")).isFalse();
    assertThat(
            done("exports", sb.post(copy, export(id, sb.readWrite, ""))).at("/error/code").asInt())
        .isEqualTo(9107);
    assertThat(
            done("exports", sb.post(copy, export(id, sb.readWrite, ",'overwrite':true")))
                .path("state")
                .asText())
        .isEqualTo("COMPLETED");
    assertThat(sb.get("/files/" + id).body().at("/storage/type").asText()).isEqualTo("PLATFORM");
  }

  @Test
  void volumes_are_listed_level_by_level_and_objects_looked_at() {
    sb.object("run/a.fq", "abc");
    for (int i = 0; i < 5; i++) {
      sb.object("f" + i, "x");
    }
    TestSevenBridges.Answer page = sb.get("/storage/volumes/ann/ro/list?limit=3");
    assertThat(page.body().path("items").findValuesAsText("location"))
        .containsExactly("f0", "f1", "f2");
    assertThat(sb.get(page.body().path("href").asText()).body()).isEqualTo(page.body());
    String next = page.body().at("/links/0/next").asText();
    TestSevenBridges.Answer rest = sb.get(next);
    assertThat(rest.body().path("items").findValuesAsText("location")).containsExactly("f3", "f4");
    assertThat(rest.body().path("prefixes").findValuesAsText("prefix")).containsExactly("run/");
    TestSevenBridges.Answer object = sb.get("/storage/volumes/ann/ro/object?location=run%2Fa.fq");
    assertThat(object.body().at("/metadata/etag").asText())
        .isEqualTo(sb.store.head("demo", "reads/run/a.fq").orElseThrow().etag());
    assertThat(sb.get("/storage/volumes/ann/ro/object?location=no").code()).isEqualTo(9105);
    assertThat(sb.get("/storage/volumes/ann/none").code()).isEqualTo(9007);
  }

  @Test
  void a_volume_needs_a_name_a_mode_and_a_bucket_that_can_be_read() {
    String good =
        "{'name':'more','access_mode':'RW','service':{'type':'s3','bucket':'demo','prefix':'p',"
            + "'credentials':{'access_key_id':'a','secret_access_key':'b'}}}";
    assertThat(sb.post("/storage/volumes", good).id()).isEqualTo("ann/more");
    assertThat(sb.post("/storage/volumes", good).code()).isEqualTo(9010);
    assertThat(sb.post("/storage/volumes", good.replace("more", "a b")).code()).isEqualTo(9014);
    assertThat(sb.post("/storage/volumes", good.replace("RW", "X")).code()).isEqualTo(9015);
    String absent = good.replace("more", "other").replace("'demo'", "'none'");
    assertThat(sb.post("/storage/volumes", absent).code()).isEqualTo(9001);
    assertThat(sb.journal().get(0).request().orElseThrow().toString()).doesNotContain("\"b\"");
  }
}
