package io.towpath.activities.drs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.towpath.activities.fanout.PageRunner;
import io.towpath.activities.http.PlatformException;
import io.towpath.activities.outside.OutsideLook;
import io.towpath.activities.store.S3Documents;
import io.towpath.activities.store.S3Sandbox;
import io.towpath.workflows.model.FileRef;
import io.towpath.workflows.model.SourceId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Objects of DRS as sources of files. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class DrsFilesTest {
  private static final String MD5 = "0cc175b9c0f1b6a831c399e269772661";
  private static final String OBJECT = "GET /objects/{object_id}";
  private static final SourceId ID = new SourceId("drs://h.example.org/7");

  private final DrsSandbox sandbox = new DrsSandbox();
  private final PageRunner pages = new PageRunner();
  private final DrsFiles files = new DrsFiles(sandbox.sites(sandbox.env()), pages);

  @BeforeEach
  void forget() {
    sandbox.forget();
  }

  @AfterAll
  void stop() {
    pages.close();
    sandbox.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"DRS_ENDPOINT", "DRS_ENDPOINT_1_5"})
  void an_object_is_pinned_by_size_and_md5_for_one_call_and_signed_for_one_more(String server) {
    Map<String, String> env = new TreeMap<>(sandbox.env());
    env.put("DRS_ENDPOINT", env.getOrDefault(server, ""));
    DrsFiles files = new DrsFiles(sandbox.sites(env), pages);
    SourceId id = cavatica(sandbox.seed().blob("a.bam", 7, MD5, S3Sandbox.BUCKET, "a"));

    FileRef file = files.look("default", List.of(id), () -> {}).get(0).file().orElseThrow();

    assertThat(file.name()).isEqualTo("a.bam");
    assertThat(file.sizeBytes()).isEqualTo(7);
    assertThat(file.md5()).contains(MD5);
    assertThat(file.handle()).isEmpty();
    assertThat(file.bucket()).isEmpty();
    assertThat(files.url("default", id)).hasToString("(signed URL)");
    assertThat(sandbox.calls("drs", OBJECT)).isEqualTo(1);
    assertThat(sandbox.calls("drs")).isEqualTo(2);
  }

  @Test
  void an_etag_is_not_taken_for_an_md5() {
    SourceId id = cavatica(sandbox.platformFile("etag.txt", "of ann"));

    FileRef file = look(id).file().orElseThrow();

    assertThat(file.sizeBytes()).isEqualTo(6);
    assertThat(file.md5()).isEmpty();
  }

  @Test
  void a_compact_id_is_asked_for_at_indexd_and_its_object_of_s3_is_named() {
    String did = "dg.4DFC/38472950-638e-57bd-aef7-517a12c91ecc";
    record(
        """
        {"did":"%s","form":"object","size":7,"hashes":{"md5":"%s"},
         "urls":["gs://b/k","s3://bucket/some/a.bam"]}
        """
            .formatted(did, MD5));

    FileRef file = look(new SourceId("drs://" + did.replace('/', ':'))).file().orElseThrow();

    assertThat(file.name()).isEqualTo("a.bam");
    assertThat(file.md5()).contains(MD5);
    assertThat(file.bucket()).contains("bucket");
    assertThat(file.key()).contains("some/a.bam");
  }

  @ParameterizedTest
  @CsvSource({
    "drs://cavatica-ga4gh-api.sbgenomics.com/1, SB_AUTH_TOKEN",
    "drs://dg.4503:1, INDEXD_ENDPOINT",
    "drs://repo-prod.prod.sagebase.org/syn1.1, SYNAPSE_AUTH_TOKEN",
    "drs://drs.example.org/1, DRS_ENDPOINT"
  })
  void a_worker_without_the_server_names_the_setting(String uri, String setting) {
    DrsFiles none =
        new DrsFiles(
            new DrsSites(
                new DrsServers(Optional.empty(), Map.of(), Map.of())
                    .connections(Map.of(), Map.of()),
                new okhttp3.OkHttpClient()),
            pages);

    assertThat(none.look("default", List.of(new SourceId(uri)), () -> {}).get(0).problem())
        .startsWith(uri)
        .contains(setting);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "..%2F..%2Fv2%2Fuser",
        "../../v2/user",
        "a//b",
        "a/./b",
        "a%2F..%2F..",
        "%2e%2e/x",
        "a%3Fexpand=true",
        "a%0Ab"
      })
  void an_id_leads_to_nothing_of_a_server_but_its_objects(String id) {
    OutsideLook look = look(cavatica(id));

    assertThat(look.problem()).contains("is neither drs://host/id nor drs://prefix:id");
    assertThat(sandbox.calls("drs")).isZero();
    assertThat(sandbox.calls("sevenbridges")).isZero();
  }

  @Test
  void a_wrong_token_is_a_problem_of_each_object() {
    SourceId id = cavatica(sandbox.seed().blob("w", 7, MD5, S3Sandbox.BUCKET, "a"));

    assertThat(files.look("wrong", List.of(id), () -> {}).get(0).problem()).contains("HTTP 401");
    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> files.url("wrong", id))
        .withMessageContaining("HTTP 401");
  }

  @Test
  void what_is_no_single_object_with_an_open_way_is_told_with_the_remedy() {
    assertThat(problem("{'size':1,'contents':[{'name':'a'},{'name':'b'}]}"))
        .contains("is a bundle of 2; expected a single object");
    assertThat(problem("{'size':1}")).contains("has no access method that can be fetched");
    assertThat(problem("{'size':1,'access_methods':[{'type':'globus','access_url':{'url':'g'}}]}"))
        .contains("found [globus], expected https, s3");
    assertThat(
            problem(
                "{'size':1,'access_methods':[{'type':'s3','access_id':'x','available':false}]}"))
        .contains("archived");
    assertThat(problem("{'access_methods':[{'type':'s3','access_id':'x'}]}"))
        .contains("states no size");
    assertThat(problem("{'size':-1,'access_methods':[{'type':'s3','access_id':'x'}]}"))
        .contains("states no size");
    assertThat(problem("{'size':1,'access_methods':[{'type':'s3','access_id':'x'}]}")).isEmpty();
  }

  @Test
  void a_bad_object_uri_of_s3_and_a_checksum_that_is_none_are_not_taken() {
    FileRef file =
        object(
                "{'size':1,'checksums':[{'type':'md5','checksum':'zz'}],'access_methods':["
                    + "{'type':'s3','access_id':'x','access_url':{'url':'s3://b'}}]}")
            .look(ID)
            .file()
            .orElseThrow();

    assertThat(file.md5()).isEmpty();
    assertThat(file.bucket()).isEmpty();
    assertThat(file.name()).isEqualTo("7");
  }

  /** Has a record in the stand-in of indexd, as somebody else's. */
  private void record(String json) {
    String credential =
        Base64.getEncoder()
            .encodeToString(
                sandbox.env().getOrDefault("INDEXD_AUTH", "").getBytes(StandardCharsets.UTF_8));
    try {
      HttpResponse<String> answer =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(
                          URI.create(sandbox.env().get("INDEXD_ENDPOINT") + "/index/"))
                      .header("Authorization", "Basic " + credential)
                      .header("Content-Type", "application/json")
                      .POST(HttpRequest.BodyPublishers.ofString(json))
                      .build(),
                  HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String problem(String json) {
    return object(json).look(ID).problem();
  }

  private static DrsObject object(String json) {
    try {
      return new DrsObject(S3Documents.JSON.readTree(json.replace('\'', '"')));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private OutsideLook look(SourceId id) {
    return files.look("default", List.of(id), () -> {}).get(0);
  }

  private static SourceId cavatica(String id) {
    return new SourceId("drs://cavatica-ga4gh-api.sbgenomics.com/" + id);
  }
}
