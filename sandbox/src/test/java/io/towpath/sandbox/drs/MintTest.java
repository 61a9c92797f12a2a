package io.towpath.sandbox.drs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.towpath.sandbox.control.Fault;
import io.towpath.sandbox.control.Journal;
import io.towpath.sandbox.http.ApiCalls.Answer;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Ids minted for a dataset. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
final class MintTest {
  private static final String MINT = "/drs-internal/objects/index/";
  @AutoClose private final TestDrs drs = new TestDrs();

  @Test
  void a_minted_id_has_the_form_of_the_platform_and_resolves_to_what_was_sent() {
    Answer minted = drs.api.post(MINT, drs.body("a.bam"));
    assertThat(minted.status()).isEqualTo(200);
    assertThat(minted.at("/drsUri"))
        .isEqualTo("drs://cavatica-ga4gh-api.sbgenomics.com/" + minted.at("/id"));
    assertThat(minted.at("/dateCreated")).isEqualTo("2026-11-24 12:00:00+0000");
    Answer object = drs.early.get("/objects/" + minted.at("/id"));
    assertThat(object.at("/size")).isEqualTo("7");
    assertThat(object.body().path("checksums").findValuesAsText("type"))
        .containsExactlyInAnyOrder("md5", "etag");
    assertThat(drs.early.get("/objects/" + minted.at("/id") + "/access/aws-us-east-1").at("/url"))
        .isEqualTo("http://s3.invalid/published/out/a.bam?signed");
  }

  @Test
  void the_advance_access_header_is_needed_and_nothing_can_be_looked_up() {
    assertThat(drs.api.with("X-SBG-Advance-Access", "x").post(MINT, drs.body("a")).at("/code"))
        .isEqualTo("90002");
    String id = drs.minted("a");
    for (String path : List.of(MINT, MINT + id, "/drs-internal/datasets", MINT + "?name=a")) {
      assertThat(drs.api.get(path).status()).as(path).isIn(404, 405);
    }
  }

  @Test
  void what_is_wrong_with_a_body_is_refused() {
    List<String> wrong =
        List.of(
            "",
            "[]",
            "{",
            drs.body("a").replace("'size':7", "'size':-1"),
            drs.body("a").replace("'size':7", "'size':'7'"),
            drs.body("a").replace("'MD5'", "'md5'"),
            drs.body("a").replace(TestDrs.MD5, "xyz"),
            drs.body("a").replace("s3://published", "s3://elsewhere"),
            drs.body("a").replace("s3://", "https://"),
            drs.body("a").replaceAll("'checksums':\\[.*],", "'checksums':[],"),
            drs.body("").replace("'name':''", "'name':' '"));
    assertThat(wrong)
        .allSatisfy(body -> assertThat(drs.api.post(MINT, body).status()).isEqualTo(400));
    assertThat(drs.api.post(MINT, drs.body("a").replace(drs.dataset, "none")).status())
        .isEqualTo(404);
    String foreign = drs.drs.seed().foreignDataset("theirs", "theirs");
    assertThat(drs.api.post(MINT, drs.body("a").replace(drs.dataset, foreign)).status())
        .isEqualTo(403);
    assertThat(drs.effects()).noneMatch(Journal.Effect::committed);
  }

  @Test
  void each_policy_for_duplicates_can_be_chosen() {
    String first = drs.minted("a");
    assertThat(drs.minted("a")).isNotEqualTo(first);
    drs.drs.seed().duplicates(Duplicates.SAME_ID);
    assertThat(drs.minted("a")).isEqualTo(first);
    assertThat(drs.minted("b")).isNotEqualTo(first);
    drs.drs.seed().duplicates(Duplicates.REFUSED);
    assertThat(drs.api.post(MINT, drs.body("a")).status()).isEqualTo(409);
  }

  @Test
  void a_lost_answer_leaves_an_id_that_nobody_knows() {
    drs.fault("sevenbridges", "POST " + MINT, Fault.Kind.DROP_AFTER_COMMIT);
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> drs.api.post(MINT, drs.body("a")));
    assertThat(drs.effects())
        .singleElement()
        .satisfies(effect -> assertThat(effect.committed()).isTrue())
        .satisfies(effect -> assertThat(effect.replied()).isFalse());
  }

  @Test
  void many_at_once_get_an_id_each() {
    List<String> ids =
        IntStream.range(0, 40).parallel().mapToObj(i -> drs.minted("f" + i)).toList();
    assertThat(ids).doesNotHaveDuplicates().doesNotContain("");
    assertThat(drs.effects().stream().filter(Journal.Effect::committed)).hasSize(40);
  }

  @Test
  void a_dataset_is_made_given_a_bucket_and_published_by_a_patch_that_can_be_repeated() {
    String access = "'access':{'privacy':'PRIVATE','privateType':'REGISTERED'}";
    Answer made =
        drs.api.post("/drs-internal/datasets", "{'name':'d','version':'0.1.0'," + access + "}");
    assertThat(made.body().path("visible").asBoolean(true)).isFalse();
    String id = made.at("/id");
    String storage =
        """
        {'name':'s','datasetId':'%s','cloudProvider':'AWS','region':'us-west-2',
         'bucketName':'mine','storageCredentials':
           {'type':'aws_user','accessKeyId':'AKIA','secretAccessKey':'hush'}}
        """
            .formatted(id);
    Answer first = drs.api.post("/drs-internal/storages", storage);
    assertThat(first.text()).contains("\"active\":true").doesNotContain("hush");
    assertThat(drs.api.post("/drs-internal/storages", storage).at("/code")).isEqualTo("90002");
    String body = drs.body("x").replace(drs.dataset, id).replace("s3://published", "s3://mine");
    assertThat(drs.api.post(MINT, body).status()).isEqualTo(200);
    for (int i = 0; i < 2; i++) {
      Answer published = drs.api.call("PATCH", "/drs-internal/datasets/" + id + "/publish", "");
      assertThat(published.body().path("visible").asBoolean()).isTrue();
    }
    assertThat(drs.drs.seed().isPublished(id)).isTrue();
    assertThat(drs.effects().toString()).doesNotContain("hush");
  }

  @Test
  void a_dataset_without_access_or_of_an_unknown_kind_is_refused() {
    String path = "/drs-internal/datasets";
    assertThat(drs.api.post(path, "{'name':'d','version':'1'}").status()).isEqualTo(400);
    String odd = "{'name':'d','version':'1','access':{'privacy':'PRIVATE','privateType':'X'}}";
    assertThat(drs.api.post(path, odd).status()).isEqualTo(400);
    assertThat(drs.api.call("PATCH", path + "/none/publish", "").status()).isEqualTo(404);
  }
}
