package io.towpath.sandbox.indexd;

import static io.towpath.sandbox.indexd.TestIndexd.MD5;
import static io.towpath.sandbox.indexd.TestIndexd.PREFIX;
import static io.towpath.sandbox.indexd.TestIndexd.body;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.towpath.sandbox.control.Fault;
import io.towpath.sandbox.http.ApiCalls.Answer;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Records under chosen dids: made once, changed under their rev. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
final class RecordsTest {
  @AutoClose private final TestIndexd indexd = new TestIndexd();

  @Test
  void a_did_of_the_clients_choice_is_taken_once() {
    String did = TestIndexd.did();
    Answer made = indexd.api.post("/index/", body(did));
    assertThat(made.status()).isEqualTo(200);
    assertThat(made.at("/did")).isEqualTo(did);
    assertThat(made.at("/rev")).matches("[0-9a-f]{8}");
    Answer again = indexd.api.post("/index/", body(did));
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.at("/error")).isEqualTo("did \"" + did + "\" already exists");
    assertThat(indexd.committed()).hasSize(1);
  }

  @Test
  void without_a_did_every_post_makes_another_record() {
    String body = body("").replace("'did':'',", "");
    String first = indexd.api.post("/index/", body).at("/did");
    assertThat(first).startsWith(PREFIX);
    assertThat(indexd.api.post("/index/", body).at("/did")).isNotEqualTo(first);
  }

  @Test
  void of_many_at_once_with_one_did_one_wins() {
    String body = body(TestIndexd.did());
    List<Integer> statuses =
        IntStream.range(0, 20)
            .parallel()
            .mapToObj(i -> indexd.api.post("/index/", body).status())
            .toList();
    assertThat(statuses).containsOnlyOnce(200).contains(409).doesNotContain(500);
  }

  @Test
  void reading_needs_no_password_and_writing_does() {
    String did = indexd.added();
    assertThat(indexd.api.anonymous().get("/index/" + did).status()).isEqualTo(200);
    String body = body(TestIndexd.did());
    assertThat(indexd.api.anonymous().post("/index/", body).status()).isEqualTo(401);
    String wrong = TestIndexd.basic("ann", "x");
    assertThat(indexd.api.with("Authorization", wrong).post("/index/", body).status())
        .isEqualTo(403);
    assertThat(indexd.api.with("Authorization", "Basic %").post("/index/", body).status())
        .isEqualTo(403);
    assertThat(indexd.api.with("Authorization", "Bearer x").post("/index/", body).status())
        .isEqualTo(401);
  }

  @Test
  void what_the_schema_forbids_is_refused() {
    String good = body(TestIndexd.did());
    List<String> wrong =
        List.of(
            "",
            "[]",
            "{",
            good.replace("'size':7,", ""),
            good.replace("'size':7", "'size':-7"),
            good.replace("'size':7", "'size':7.5"),
            good.replace("'object'", "'bundle'"),
            good.replace("'md5':'" + MD5 + "'", ""),
            good.replace(MD5, MD5.toUpperCase(java.util.Locale.ROOT)),
            good.replace("'urls':['", "'urls':[1,'"),
            good.replace(PREFIX, "").replaceFirst("'did':'[^']*'", "'did':'x'"),
            good.replace("'form'", "'colour':'red','form'"),
            good.replace("'form'", "'urls_metadata':{'s3://other/x':{}},'form'"),
            good.replace("2026-11-23T10:00:00+00:00", "yesterday"),
            good.replace("'form'", "'content_updated_date':'2025-01-01T00:00:00+00:00','form'"),
            good.replace("content_created_date", "content_updated_date"));
    assertThat(wrong)
        .allSatisfy(body -> assertThat(indexd.api.post("/index/", body).status()).isEqualTo(400))
        .allSatisfy(body -> assertThat(indexd.api.post("/index/", body).at("/error")).isNotEmpty());
    assertThat(indexd.committed()).isEmpty();
  }

  @Test
  void every_route_is_served_with_and_without_the_proxys_index_and_the_slash() {
    String did = indexd.added();
    String bare = did.substring(PREFIX.length());
    for (String path :
        List.of(
            "/index/" + did,
            "/index/index/" + did,
            "/index/" + did.replace("/", "%2F"),
            "/index/" + did + "/",
            "/index/" + bare,
            "/" + did,
            "/index/" + did + "/latest")) {
      assertThat(indexd.api.get(path).at("/did")).as(path).isEqualTo(did);
    }
    for (String path : List.of("/index", "/index/", "/index/index", "/index/index/")) {
      assertThat(indexd.api.get(path + "?hash=md5:" + MD5 + "&limit=1").at("/records/0/did"))
          .as(path)
          .isEqualTo(did);
    }
    for (String path : List.of("/_status", "/index/_status", "/_status/")) {
      assertThat(indexd.api.get(path).text()).as(path).isEqualTo("Healthy");
    }
    assertThat(indexd.api.post("/index/bulk/documents", "['" + did + "']").body()).hasSize(1);
    assertThat(indexd.api.post("/index/index", body(TestIndexd.did())).status()).isEqualTo(200);
  }

  @Test
  void a_change_needs_the_present_rev_and_leaves_size_and_hashes() {
    String did = indexd.added();
    String rev = indexd.api.get("/index/" + did).at("/rev");
    String path = "/index/" + did + "?rev=";
    Answer changed = indexd.api.call("PUT", path + rev, "{'urls':['s3://b/new'],'version':null}");
    assertThat(changed.status()).isEqualTo(200);
    assertThat(changed.at("/rev")).isNotEqualTo(rev);
    assertThat(indexd.api.get("/index/" + did).at("/urls/0")).isEqualTo("s3://b/new");
    assertThat(indexd.api.call("PUT", path + rev, "{}").status()).isEqualTo(409);
    assertThat(indexd.api.call("PUT", "/index/" + did, "{}").status()).isEqualTo(409);
    String fresh = changed.at("/rev");
    for (String body : List.of("{'size':8}", "{'hashes':{}}", "{'urls':null}", "{'did':'x'}")) {
      assertThat(indexd.api.call("PUT", path + fresh, body).status()).as(body).isEqualTo(400);
    }
    assertThat(indexd.api.call("PUT", "/index/" + TestIndexd.did() + "?rev=x", "{}").status())
        .isEqualTo(404);
    assertThat(indexd.api.call("DELETE", "/index/" + did, "").status()).isEqualTo(400);
    assertThat(indexd.api.call("DELETE", path + rev, "").status()).isEqualTo(409);
    assertThat(indexd.api.call("DELETE", path + fresh, "").status()).isEqualTo(200);
    assertThat(indexd.api.get("/index/" + did).status()).isEqualTo(404);
  }

  @Test
  void versions_share_a_baseid_and_are_told_in_the_order_of_their_making() {
    String first = indexd.added();
    String second = TestIndexd.did();
    Answer made = indexd.api.post("/index/" + first, body(second));
    assertThat(made.at("/baseid")).isEqualTo(indexd.api.get("/index/" + first).at("/baseid"));
    for (String path : List.of("/index/" + first, "/index/" + made.at("/baseid"))) {
      assertThat(indexd.api.get(path + "/latest").at("/did")).isEqualTo(second);
      assertThat(indexd.api.get(path + "/versions").at("/0/did")).isEqualTo(first);
      assertThat(indexd.api.get(path + "/versions").at("/1/did")).isEqualTo(second);
    }
    assertThat(indexd.api.get("/index/" + first + "/latest?has_version=true").status())
        .isEqualTo(404);
    assertThat(indexd.api.post("/index/" + first, body(second)).status()).isEqualTo(409);
    Answer closed = indexd.api.call("PUT", "/index/" + first + "/versions", "{'authz':['/a']}");
    assertThat(closed.body()).hasSize(2);
    assertThat(indexd.api.get("/index/" + second).at("/authz/0")).isEqualTo("/a");
    assertThat(indexd.api.get("/index/" + TestIndexd.did() + "/versions").status()).isEqualTo(404);
  }

  @Test
  void filters_are_all_needed_and_pages_go_on_after_the_last_did() {
    List<String> dids = IntStream.range(0, 5).mapToObj(i -> indexd.added()).sorted().toList();
    String url = "&url=s3://bucket/" + dids.get(2);
    String search = "/index/?hash=md5:" + MD5 + "&size=7";
    assertThat(indexd.api.get(search).body().path("records")).hasSize(5);
    assertThat(indexd.api.get(search + url).at("/records/0/did")).isEqualTo(dids.get(2));
    assertThat(indexd.api.get(search + url).body().path("records")).hasSize(1);
    assertThat(indexd.api.get("/index/?size=8" + url).body().path("records")).isEmpty();
    Answer page = indexd.api.get(search + "&limit=2&start=" + dids.get(1));
    assertThat(page.body().path("records").findValuesAsText("did"))
        .containsExactly(dids.get(2), dids.get(3));
    assertThat(indexd.api.get(search + "&limit=2&page=2").body().path("records")).hasSize(1);
    assertThat(indexd.api.get("/index/?ids=" + dids.get(0) + ",x").body().path("records"))
        .hasSize(1);
    for (String odd :
        List.of(
            "limit=1025",
            "limit=-1",
            "limit=x",
            "size=x",
            "size=-1",
            "hash=md5",
            "hash=md5:x",
            "hash=x:y",
            "ids=a&limit=1",
            "urls_metadata=x",
            "page=x")) {
      assertThat(indexd.api.get("/index/?" + odd).status()).as(odd).isEqualTo(400);
    }
  }

  @Test
  void documents_in_bulk_leave_out_what_is_missing() {
    String did = indexd.added();
    Answer found = indexd.api.anonymous().post("/bulk/documents", "['" + did + "','none']");
    assertThat(found.body().findValuesAsText("did")).containsExactly(did);
    assertThat(indexd.api.post("/bulk/documents", "[]").status()).isEqualTo(400);
    assertThat(indexd.api.post("/bulk/documents", "'x'").status()).isEqualTo(400);
  }

  @Test
  void an_alias_names_one_record_only_and_finds_it() {
    String did = indexd.added();
    String other = indexd.added();
    String alias = "{'aliases':[{'value':'ark:/1/x'}]}";
    assertThat(indexd.api.post("/index/" + did + "/aliases/", alias).status()).isEqualTo(200);
    assertThat(indexd.api.post("/index/" + other + "/aliases", alias).status()).isEqualTo(409);
    assertThat(indexd.api.post("/index/" + did + "/aliases", alias).status()).isEqualTo(409);
    assertThat(indexd.api.call("PUT", "/index/" + did + "/aliases", alias).status()).isEqualTo(200);
    assertThat(indexd.api.get("/ark:/1/x").at("/did")).isEqualTo(did);
    assertThat(indexd.api.get("/index/" + did + "/aliases").at("/aliases/0/value"))
        .isEqualTo("ark:/1/x");
    String one = "/index/" + did + "/aliases/ark:/1/x";
    assertThat(indexd.api.call("DELETE", one, "").status()).isEqualTo(200);
    assertThat(indexd.api.call("DELETE", one, "").status()).isEqualTo(404);
    assertThat(indexd.api.get("/index/none/aliases").status()).isEqualTo(404);
    for (String odd : List.of("{}", "{'aliases':[{}]}", "{'aliases':1}", "{'x':[]}")) {
      assertThat(indexd.api.post("/index/" + did + "/aliases", odd).status()).isEqualTo(400);
    }
  }

  @Test
  void an_older_server_does_not_know_the_contents_dates() {
    indexd.platform.knowDates(false);
    String did = TestIndexd.did();
    Answer refused = indexd.api.post("/index/", body(did));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.at("/error")).contains("Additional properties", "content_created_date");
    String without = body(did).replaceFirst(",'content_created_date':'[^']*'", "");
    assertThat(indexd.api.post("/index/", without).status()).isEqualTo(200);
    assertThat(indexd.api.get("/ga4gh/drs/v1/objects/" + did).body().path("created_time").isNull())
        .isTrue();
  }

  @Test
  void a_lost_answer_leaves_the_record_and_a_hidden_one_is_in_no_listing() {
    String lost = TestIndexd.did();
    indexd.fault("POST /index", Fault.Kind.DROP_AFTER_COMMIT, 0);
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> indexd.api.post("/index/", body(lost)));
    assertThat(indexd.api.post("/index/", body(lost)).status()).isEqualTo(409);
    String hidden = TestIndexd.did();
    indexd.fault("POST /index/", Fault.Kind.HIDE, 1000);
    indexd.api.post("/index/", body(hidden));
    String listing = "/index/?url=s3://bucket/" + hidden;
    assertThat(indexd.api.get("/index/" + hidden).status()).isEqualTo(200);
    assertThat(indexd.api.get(listing).body().path("records")).isEmpty();
    indexd.pass(Duration.ofSeconds(1));
    assertThat(indexd.api.get(listing).body().path("records")).hasSize(1);
    assertThat(indexd.committed()).hasSize(2);
  }

  @Test
  void free_dids_are_minted_by_the_thousand_and_kept_nowhere() {
    assertThat(indexd.api.get("/guid/mint?count=1000").body().path("guids")).hasSize(1000);
    assertThat(indexd.api.get("/guid/mint?count=10001").status()).isEqualTo(400);
    assertThat(indexd.api.get("/guid/mint?count=x").status()).isEqualTo(400);
    assertThat(indexd.api.get("/guid/prefix").at("/prefix")).isEqualTo(PREFIX);
    assertThat(indexd.api.get("/_stats").at("/fileCount")).isEqualTo("0");
    assertThat(Map.of("version", indexd.api.get("/_version").at("/version")))
        .containsValue("6.4.0");
  }
}
