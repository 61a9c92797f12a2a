package io.towpath.sandbox.indexd;

import static io.towpath.sandbox.indexd.TestIndexd.MD5;
import static org.assertj.core.api.Assertions.assertThat;

import io.towpath.sandbox.http.ApiCalls.Answer;
import io.towpath.sandbox.http.Route;
import io.towpath.sandbox.http.SpecFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Records as DRS objects and in bundles, the specification's file, and odd requests. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(120)
final class ViewsTest {
  private static final String DRS = "/ga4gh/drs/v1";
  private static final SpecFile SPEC = new SpecFile("gen3-indexd.swagger.json.gz");
  private static final Set<Integer> REFUSALS = Set.of(400, 401, 403, 404, 405, 409, 413);

  @AutoClose private final TestIndexd indexd = new TestIndexd();

  @Test
  void a_record_is_a_drs_object_under_a_compact_uri() {
    String did = indexd.added();
    Answer object = indexd.api.anonymous().get(DRS + "/objects/" + did);
    assertThat(object.status()).isEqualTo(200);
    assertThat(object.at("/self_uri"))
        .isEqualTo("drs://dg.4DFC:" + did.substring(TestIndexd.PREFIX.length()));
    assertThat(object.at("/created_time")).isEqualTo("2026-11-23T10:00:00");
    assertThat(object.at("/checksums/0/checksum")).isEqualTo(MD5);
    assertThat(object.at("/access_methods/0/access_url/url")).isEqualTo("s3://bucket/" + did);
    Answer access = indexd.api.get(DRS + "/objects/" + did + "/access/s3");
    assertThat(access.at("/url")).isEqualTo("http://s3.invalid/bucket/" + did);
    assertThat(indexd.api.get(DRS + "/objects/" + did + "/access/gs").status()).isEqualTo(404);
    Answer missing = indexd.api.get(DRS + "/objects/none");
    assertThat(missing.at("/msg")).isEqualTo("no record found");
    assertThat(missing.at("/status_code")).isEqualTo("404");
    assertThat(indexd.api.call("OPTIONS", DRS + "/objects/" + did, "").at("/drs_object_id"))
        .isEqualTo(did);
    assertThat(indexd.api.get(DRS + "/objects").body().path("drs_objects")).hasSize(1);
  }

  @Test
  void objects_in_bulk_come_under_the_plural_name() {
    String did = indexd.added();
    Answer many = indexd.api.post(DRS + "/objects", "{'bulk_object_ids':['" + did + "','none']}");
    assertThat(many.at("/resolved_drs_objects/0/id")).isEqualTo(did);
    assertThat(many.at("/summary/unresolved")).isEqualTo("1");
    assertThat(indexd.api.post(DRS + "/objects", "{}").status()).isEqualTo(400);
    assertThat(indexd.api.get(DRS + "/service-info").at("/drs/objectCount")).isEqualTo("1");
  }

  @Test
  void a_bundle_holds_records_and_is_shown_by_three_routes() {
    String a = indexd.added();
    String b = indexd.added();
    String members = "{'name':'n','bundles':['" + a + "','" + b + "']}";
    Answer made = indexd.api.post("/bundle/", members);
    assertThat(made.status()).as(made.text()).isEqualTo(200);
    String id = made.at("/bundle_id");
    assertThat(indexd.api.get("/bundle/" + id).at("/size")).isEqualTo("14");
    assertThat(indexd.api.get(DRS + "/objects/" + id).body().path("contents")).hasSize(2);
    assertThat(indexd.api.get("/index/" + id).at("/form")).isEqualTo("bundle");
    assertThat(indexd.api.get("/bundle/").body().path("records")).hasSize(1);
    for (String odd : List.of("[]", "['" + a + "','" + a + "']", "[1]", "'x'")) {
      assertThat(indexd.api.post("/bundle", "{'bundles':" + odd + "}").status()).isEqualTo(400);
    }
    assertThat(indexd.api.post("/bundle", "{'bundles':['none']}").status()).isEqualTo(404);
    String same = members.replace("{'name'", "{'bundle_id':'" + id + "','name'");
    assertThat(indexd.api.post("/bundle", same).status()).isEqualTo(409);
    assertThat(indexd.api.call("DELETE", "/bundle/" + id, "").status()).isEqualTo(200);
    assertThat(indexd.api.get("/bundle/" + id).status()).isEqualTo(404);
  }

  @Test
  void answers_keep_to_the_specification_where_the_code_does() {
    String did = indexd.added();
    check("post", "/index", indexd.api.post("/index", TestIndexd.body(TestIndexd.did())));
    check("post", "/index", indexd.api.post("/index", "{}"));
    check("post", "/bulk/documents", withoutNulls("/bulk/documents", "['" + did + "']"));
    check("get", "/guid/mint", indexd.api.get("/guid/mint"));
    check("get", "/guid/prefix", indexd.api.get("/guid/prefix"));
    check("get", "/_stats", indexd.api.get("/_stats"));
    check("get", "/_version", indexd.api.get("/_version"));
    check("get", "/index/{GUID}/aliases", indexd.api.get("/index/" + did + "/aliases"));
    check("get", DRS + "/service-info", indexd.api.get(DRS + "/service-info"));
    List<String> unknown = new ArrayList<>();
    for (Route route : indexd.platform.routes()) {
      String method = route.method().toLowerCase(java.util.Locale.ROOT);
      if (!SPEC.has(method, route.template())) {
        unknown.add(route.label());
      }
    }
    // in the code of 6.4.0, and Fence's URLs, which the file does not tell of
    assertThat(unknown)
        .containsExactlyInAnyOrder(
            "POST " + DRS + "/objects",
            "OPTIONS " + DRS + "/objects",
            "POST " + DRS + "/objects/{object_id}",
            "OPTIONS " + DRS + "/objects/{object_id}",
            "GET " + DRS + "/objects/{object_id}/access/{access_id}");
  }

  private Answer withoutNulls(String path, String body) {
    Answer answer = indexd.api.post(path, body);
    for (var record : answer.body()) {
      record.properties().removeIf(field -> field.getValue().isNull());
      // a time without a zone is no date-time of the file
    }
    return answer;
  }

  private static void check(String method, String path, Answer answer) {
    assertThat(SPEC.problems(method, path, answer.status(), answer.body()))
        .as(answer.text())
        .isEmpty();
  }

  @Test
  void no_odd_request_to_any_route_ends_in_a_5xx_or_an_error_of_another_shape() {
    List<String> bodies =
        List.of(
            "",
            "null",
            "[]",
            "{}",
            "1",
            "{'",
            "[{}]",
            "{'bundles':{},'aliases':{}}",
            "{'size':{},'hashes':[],'urls':{},'form':[]}",
            "{'acl':1,'authz':{}}",
            "{'bulk_object_ids':[{}]}",
            "{'metadata':1,'urls':[null]}");
    List<String> problems = new ArrayList<>();
    for (Route route : indexd.platform.routes()) {
      for (String body : bodies) {
        String did = indexd.added();
        for (String query : List.of("", "?limit=x&size=1e9&rev=&hash=&ids=,&expand=2&page=-1")) {
          String path = route.template().replaceAll("\\{[^}]*}", did) + query;
          Answer answer = indexd.api.call(route.method(), path, body);
          boolean told = answer.body().has("error") || answer.body().has("msg");
          boolean plain = route.template().startsWith("/guid");
          boolean good =
              answer.status() < 300 || (REFUSALS.contains(answer.status()) && (told || plain));
          if (!good) {
            problems.add(route.label() + " " + body + query + ": " + answer.status());
          }
        }
      }
    }
    assertThat(problems).isEmpty();
  }
}
