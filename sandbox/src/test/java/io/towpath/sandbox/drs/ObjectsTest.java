package io.towpath.sandbox.drs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.towpath.sandbox.http.ApiCalls;
import io.towpath.sandbox.http.ApiCalls.Answer;
import io.towpath.sandbox.http.SpecFile;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The GA4GH servers in both profiles, held to the standard's own files. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
final class ObjectsTest {
  private static final String OBJECT = "/objects/{object_id}";
  private static final String ACCESS = OBJECT + "/access/{access_id}";
  private static final SpecFile V1_2 = new SpecFile("ga4gh-drs-1.2.0.openapi.json.gz");
  private static final SpecFile V1_5 = new SpecFile("ga4gh-drs-1.5.0.openapi.json.gz");

  @AutoClose private final TestDrs drs = new TestDrs();

  /** Each profile with its specification. */
  private Map<ApiCalls, SpecFile> profiles() {
    return Map.of(drs.early, V1_2, drs.late, V1_5);
  }

  @Test
  void every_route_answers_as_the_standard_says() {
    String minted = drs.minted("a.bam");
    String bundle = drs.drs.seed().bundle("b", List.of(minted, TestDrs.FILE));
    profiles()
        .forEach(
            (api, spec) -> {
              check(spec, "get", "/service-info", api.anonymous().get("/service-info"), 200);
              for (String id : List.of(minted, bundle, TestDrs.FILE)) {
                check(spec, "get", OBJECT, api.get("/objects/" + id), 200);
                // the file of 1.2 names the wrong schema for the POST
                String same = spec == V1_2 ? "get" : "post";
                check(spec, same, OBJECT, api.post("/objects/" + id, "{'passports':[]}"), 200);
              }
              String access = "/objects/" + minted + "/access/aws-us-east-1";
              check(spec, "get", ACCESS, api.get(access), 200);
              check(spec, "post", ACCESS, api.post(access, "{'passports':['x']}"), 200);
              check(spec, "get", OBJECT, api.get("/objects/none"), 404);
              check(spec, "get", ACCESS, api.get("/objects/" + minted + "/access/x"), 404);
              check(spec, "get", ACCESS, api.get("/objects/" + bundle + "/access/x"), 404);
              check(spec, "get", OBJECT, api.anonymous().get("/objects/" + minted), 401);
              check(spec, "get", OBJECT, api.get("/objects/" + minted + "?expand=7"), 400);
              check(spec, "post", OBJECT, api.post("/objects/" + minted, "{'passports':1}"), 400);
            });
  }

  private static void check(SpecFile spec, String method, String path, Answer answer, int status) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(spec.problems(method, path, status, answer.body())).as(answer.text()).isEmpty();
  }

  @Test
  void the_files_of_the_platform_have_ids_without_being_minted() {
    Answer file = drs.early.get("/objects/" + TestDrs.FILE);
    assertThat(file.at("/self_uri"))
        .isEqualTo("drs://cavatica-ga4gh-api.sbgenomics.com/" + TestDrs.FILE);
    assertThat(file.at("/checksums/0/type")).isEqualTo("etag");
    assertThat(file.at("/access_methods/0/access_id")).isEqualTo("aws-us-east-1");
    drs.files.clear();
    assertThat(drs.early.get("/objects/" + TestDrs.FILE).status()).isEqualTo(404);
  }

  @Test
  void the_early_profile_has_none_of_the_later_fields_and_routes() {
    String object = drs.early.get("/objects/" + TestDrs.FILE).text();
    assertThat(object).doesNotContain("cloud", "available", "authorizations");
    assertThat(drs.early.get("/service-info").text()).doesNotContain("maxBulk", "\"drs\":{");
    assertThat(drs.early.post("/objects", "{'bulk_object_ids':[]}").status()).isEqualTo(404);
    assertThat(drs.late.get("/objects/" + TestDrs.FILE).text())
        .contains("\"cloud\":\"aws\"", "\"available\":true", "BearerAuth");
  }

  @Test
  void both_forms_of_the_token_are_taken_and_bodies_of_gets_are_read() {
    ApiCalls bearer = drs.early.anonymous().with("Authorization", "Bearer " + TestDrs.TOKEN);
    String path = "/objects/" + TestDrs.FILE;
    assertThat(bearer.get(path).status()).isEqualTo(200);
    assertThat(bearer.with("Authorization", "Bearer x").get(path).status()).isEqualTo(401);
    assertThat(drs.early.call("GET", path + "?expand=True", "{}").status()).isEqualTo(200);
    assertThat(drs.early.call("GET", path, "null").status()).isEqualTo(200);
  }

  @Test
  void a_bundle_has_the_checksum_of_its_sorted_checksums_and_is_expanded_on_request() {
    String a = drs.drs.seed().blob("a", 1, "72794b6d", "b", "a");
    String b = drs.drs.seed().blob("b", 2, "5e089d29", "b", "b");
    String inner = drs.drs.seed().bundle("inner", List.of(a, b));
    String outer = drs.drs.seed().bundle("outer", List.of(inner));
    // the standard's own example shows the first digits
    assertThat(drs.late.get("/objects/" + inner).at("/checksums/0/checksum"))
        .startsWith("d1e304fe");
    assertThat(drs.late.get("/objects/" + outer).at("/size")).isEqualTo("3");
    JsonNode flat = drs.late.get("/objects/" + outer).body().at("/contents/0");
    assertThat(flat.has("contents")).isFalse();
    assertThat(flat.path("drs_uri").isArray()).isTrue();
    JsonNode deep = drs.late.get("/objects/" + outer + "?expand=true").body();
    assertThat(deep.at("/contents/0/contents").findValuesAsText("name")).containsExactly("a", "b");
  }

  @Test
  void many_objects_and_urls_come_in_one_call_with_what_failed_beside_them() {
    String id = drs.minted("a");
    String ids = "{'bulk_object_ids':['" + id + "','none','" + TestDrs.FILE + "']}";
    Answer many = drs.late.post("/objects", ids);
    check(V1_5, "post", "/objects", many, 200);
    assertThat(many.at("/summary/resolved")).isEqualTo("2");
    assertThat(many.at("/unresolved_drs_objects/0/error_code")).isEqualTo("404");
    assertThat(many.at("/unresolved_drs_objects/0/object_ids/0")).isEqualTo("none");
    assertThat(many.body().path("resolved_drs_object")).hasSize(2);
    String pairs =
        "{'bulk_object_access_ids':[{'bulk_object_id':'%s','bulk_access_ids':['aws-us-east-1','x']}]}"
            .formatted(id);
    Answer urls = drs.late.post("/objects/access", pairs);
    check(V1_5, "post", "/objects/access", urls, 200);
    assertThat(urls.at("/resolved_drs_object_access_urls/0/url")).contains("/published/out/a?");
    assertThat(urls.at("/summary/unresolved")).isEqualTo("1");
    check(V1_5, "options", "/objects", drs.late.call("OPTIONS", "/objects", ids), 200);
    Answer one = drs.late.anonymous().call("OPTIONS", "/objects/" + id, "");
    check(V1_5, "options", OBJECT, one, 200);
  }

  @Test
  void a_bulk_request_of_101_or_with_ids_that_are_no_strings_is_refused() {
    String ids =
        IntStream.range(0, 101).mapToObj(i -> "'" + i + "'").collect(Collectors.joining(","));
    check(V1_5, "post", "/objects", drs.late.post("/objects", bulk(ids)), 413);
    for (String odd : List.of("1", "null", "{}", "''")) {
      assertThat(drs.late.post("/objects", bulk(odd)).status()).as(odd).isEqualTo(400);
    }
    assertThat(drs.late.post("/objects", "{}").status()).isEqualTo(400);
    assertThat(drs.late.post("/objects/access", "{}").status()).isEqualTo(400);
    assertThat(drs.late.post("/objects", "{").status()).isEqualTo(400);
  }

  private static String bulk(String ids) {
    return "{'bulk_object_ids':[" + ids + "]}";
  }
}
