package io.towpath.sandbox.s3;

import static io.towpath.sandbox.s3.S3Fixture.BUCKET;
import static io.towpath.sandbox.s3.S3Fixture.FOREIGN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towpath.sandbox.control.Journal;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.Part;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

@DisplayNameGeneration(ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
final class SandboxS3Test {
  private static final int PART = 5 << 20;

  private final S3Fixture fixture = new S3Fixture();
  private final S3Client s3 = fixture.s3;

  @AfterAll
  void stop() {
    fixture.close();
  }

  @Test
  void objects_keep_bytes_type_and_metadata() {
    s3.putObject(
        put ->
            put.bucket(BUCKET).key("a/b.txt").contentType("text/x").metadata(Map.of("md5", "abc")),
        RequestBody.fromString("hello"));
    HeadObjectResponse head = s3.headObject(get -> get.bucket(BUCKET).key("a/b.txt"));
    assertThat(head.contentLength()).isEqualTo(5);
    assertThat(head.contentType()).isEqualTo("text/x");
    assertThat(head.metadata()).containsEntry("md5", "abc");
    assertThat(head.eTag()).isEqualTo("\"5d41402abc4b2a76b9719d911017c592\"");
    assertThat(text("a/b.txt")).isEqualTo("hello");
    assertThat(
            s3.getObjectAsBytes(get -> get.bucket(BUCKET).key("a/b.txt").range("bytes=1-3"))
                .asUtf8String())
        .isEqualTo("ell");
    s3.deleteObject(delete -> delete.bucket(BUCKET).key("a/b.txt"));
    assertThatThrownBy(() -> text("a/b.txt")).isInstanceOf(NoSuchKeyException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "keys/with space  two.txt",
        "keys/a+b&c=d%20e%.txt",
        "keys/it's (1)!*~@,;:$.txt",
        "keys/ünïcödé 日本 🧬.txt",
        "keys/<x>\"&amp;.txt"
      })
  void odd_keys_are_kept_exactly(String key) {
    put(key, "x");
    assertThat(text(key)).isEqualTo("x");
    s3.copyObject(
        copy ->
            copy.sourceBucket(BUCKET)
                .sourceKey(key)
                .destinationBucket(BUCKET)
                .destinationKey("copied/" + key));
    assertThat(text("copied/" + key)).isEqualTo("x");
    assertThat(s3.listObjectsV2(list -> list.bucket(BUCKET).prefix(key)).contents())
        .extracting(object -> object.key())
        .containsExactly(key);
    Journal.Effect last = fixture.effects().get(fixture.effects().size() - 1);
    assertThat(last.object().orElseThrow().name()).isEqualTo("copied/" + key);
  }

  @Test
  void the_journal_tells_where_something_was_put_and_how_many_bytes() {
    put("counted", "twelve bytes");
    Journal.Effect last = fixture.effects().get(fixture.effects().size() - 1);
    assertThat(last.request().orElseThrow().path("key").asText()).isEqualTo("counted");
    assertThat(last.request().orElseThrow().path("bytes").asLong()).isEqualTo(12);
  }

  @Test
  void keys_may_have_1024_bytes() {
    String key = "long/" + ("d".repeat(100) + "/").repeat(10) + "k".repeat(9);
    assertThat(key).hasSize(1024);
    put(key, "x");
    assertThat(text(key)).isEqualTo("x");
  }

  @Test
  void listings_come_in_pages_and_by_delimiter() {
    for (int i = 0; i < 7; i++) {
      put("paged/" + i % 2 + "/" + i, "x");
    }
    assertThat(
            s3
                .listObjectsV2Paginator(list -> list.bucket(BUCKET).prefix("paged/").maxKeys(3))
                .contents()
                .stream()
                .map(object -> object.key()))
        .hasSize(7);
    ListObjectsV2Response folders =
        s3.listObjectsV2(list -> list.bucket(BUCKET).prefix("paged/").delimiter("/"));
    assertThat(folders.commonPrefixes())
        .extracting(prefix -> prefix.prefix())
        .containsExactly("paged/0/", "paged/1/");
  }

  @Test
  void multipart_uploads_can_be_listed_completed_and_aborted() {
    String key = "multi/part.bin";
    String id = begin(key);
    List<CompletedPart> parts = new ArrayList<>();
    for (int number = 1; number <= 2; number++) {
      parts.add(part(key, id, number));
    }
    assertThat(s3.listParts(list -> list.bucket(BUCKET).key(key).uploadId(id)).parts())
        .extracting(Part::partNumber)
        .containsExactly(1, 2);
    assertThat(s3.listMultipartUploads(list -> list.bucket(BUCKET)).uploads())
        .extracting(upload -> upload.uploadId())
        .contains(id);
    s3.completeMultipartUpload(
        done -> done.bucket(BUCKET).key(key).uploadId(id).multipartUpload(all -> all.parts(parts)));
    HeadObjectResponse head = s3.headObject(get -> get.bucket(BUCKET).key(key));
    assertThat(head.contentLength()).isEqualTo(2L * PART);
    assertThat(head.eTag()).endsWith("-2\"");
    assertThat(head.metadata()).containsEntry("md5", "m");

    String other = begin("multi/aborted.bin");
    s3.abortMultipartUpload(abort -> abort.bucket(BUCKET).key("multi/aborted.bin").uploadId(other));
    assertThatThrownBy(
            () ->
                s3.listParts(list -> list.bucket(BUCKET).key("multi/aborted.bin").uploadId(other)))
        .isInstanceOfSatisfying(S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(404));
  }

  @Test
  void parts_may_be_copied_from_another_object() {
    String key = "multi/copied.bin";
    s3.putObject(
        put -> put.bucket(BUCKET).key("multi/source.bin"), RequestBody.fromBytes(new byte[PART]));
    String id = begin(key);
    String etag =
        s3.uploadPartCopy(
                copy ->
                    copy.sourceBucket(BUCKET)
                        .sourceKey("multi/source.bin")
                        .destinationBucket(BUCKET)
                        .destinationKey(key)
                        .uploadId(id)
                        .partNumber(1)
                        .copySourceRange("bytes=0-99"))
            .copyPartResult()
            .eTag();
    s3.completeMultipartUpload(
        done ->
            done.bucket(BUCKET)
                .key(key)
                .uploadId(id)
                .multipartUpload(
                    all -> all.parts(CompletedPart.builder().partNumber(1).eTag(etag).build())));
    assertThat(s3.headObject(get -> get.bucket(BUCKET).key(key)).contentLength()).isEqualTo(100);
  }

  @Test
  void copies_keep_or_replace_metadata() {
    s3.putObject(
        put ->
            put.bucket(BUCKET).key("copy/from").contentType("text/x").metadata(Map.of("md5", "1")),
        RequestBody.fromString("x"));
    CopyObjectResponse copied =
        s3.copyObject(
            copy ->
                copy.sourceBucket(BUCKET)
                    .sourceKey("copy/from")
                    .destinationBucket(BUCKET)
                    .destinationKey("copy/kept"));
    assertThat(copied.copyObjectResult().eTag()).isNotEmpty();
    s3.copyObject(
        copy ->
            copy.sourceBucket(BUCKET)
                .sourceKey("copy/from")
                .destinationBucket(BUCKET)
                .destinationKey("copy/replaced")
                .metadataDirective(MetadataDirective.REPLACE)
                .contentType("text/y")
                .metadata(Map.of("md5", "2")));
    HeadObjectResponse kept = s3.headObject(get -> get.bucket(BUCKET).key("copy/kept"));
    HeadObjectResponse replaced = s3.headObject(get -> get.bucket(BUCKET).key("copy/replaced"));
    assertThat(kept.metadata()).containsEntry("md5", "1");
    assertThat(kept.contentType()).isEqualTo("text/x");
    assertThat(replaced.metadata()).containsEntry("md5", "2");
    assertThat(replaced.contentType()).isEqualTo("text/y");
  }

  @Test
  void presigned_urls_work_until_they_expire() throws Exception {
    put("signed/a b+c.txt", "hello");
    try (S3Presigner presigner = fixture.presigner()) {
      var signed =
          presigner.presignGetObject(
              sign ->
                  sign.signatureDuration(Duration.ofMinutes(1))
                      .getObjectRequest(get -> get.bucket(BUCKET).key("signed/a b+c.txt")));
      HttpResponse<String> reply =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(signed.url().toURI()).build(),
                  HttpResponse.BodyHandlers.ofString());
      assertThat(reply.body()).isEqualTo("hello");
      String forged =
          signed.url().toString().replaceFirst("X-Amz-Signature=..", "X-Amz-Signature=00");
      assertThat(
              HttpClient.newHttpClient()
                  .send(
                      HttpRequest.newBuilder(java.net.URI.create(forged)).build(),
                      HttpResponse.BodyHandlers.ofString())
                  .statusCode())
          .isEqualTo(403);
    }
  }

  @Test
  void large_objects_pass_through() {
    byte[] content = new byte[48 << 20];
    new java.util.Random(7).nextBytes(content);
    s3.putObject(put -> put.bucket(BUCKET).key("large"), RequestBody.fromBytes(content));
    assertThat(s3.getObjectAsBytes(get -> get.bucket(BUCKET).key("large")).asByteArray())
        .isEqualTo(content);
  }

  @Test
  void other_platforms_buckets_are_closed_to_the_user() {
    fixture.server.store().put(FOREIGN, "k", "text/plain", new byte[] {1});
    put("mine", "x");
    assertDenied(() -> s3.getObjectAsBytes(get -> get.bucket(FOREIGN).key("k")), 403);
    assertDenied(
        () ->
            s3.copyObject(
                copy ->
                    copy.sourceBucket(FOREIGN)
                        .sourceKey("k")
                        .destinationBucket(BUCKET)
                        .destinationKey("stolen")),
        403);
    assertThat(s3.listBuckets().buckets())
        .extracting(bucket -> bucket.name())
        .containsExactly(BUCKET);
    try (S3Client session = fixture.withSession()) {
      assertThat(session.getObjectAsBytes(get -> get.bucket(FOREIGN).key("k")).asByteArray())
          .hasSize(1);
      assertDenied(() -> session.deleteObject(delete -> delete.bucket(FOREIGN).key("k")), 403);
      session.putObject(put -> put.bucket(BUCKET).key("by-session"), RequestBody.fromString("x"));
    }
  }

  @Test
  void wrong_secrets_and_the_sandboxs_own_key_are_refused() {
    try (S3Client wrong = fixture.withWrongSecret();
        S3Client internal = fixture.withInternalKeys()) {
      assertDenied(() -> wrong.listObjectsV2(list -> list.bucket(BUCKET)), 403);
      assertDenied(() -> internal.listObjectsV2(list -> list.bucket(BUCKET)), 403);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1 << 10, 8 << 20, 64 << 20})
  void a_wrong_secret_is_told_however_long_the_body_is(int bytes) {
    try (S3Client wrong = fixture.withWrongSecret()) {
      assertThatThrownBy(
              () ->
                  wrong.putObject(
                      put -> put.bucket(BUCKET).key("w"), RequestBody.fromBytes(new byte[bytes])))
          .isInstanceOfSatisfying(
              S3Exception.class,
              e -> {
                assertThat(e.statusCode()).isEqualTo(403);
                assertThat(e.awsErrorDetails().errorCode()).isEqualTo("SignatureDoesNotMatch");
              });
    }
    assertThat(fixture.server.store().head(BUCKET, "w")).isEmpty();
  }

  @Test
  void refusals_reach_a_client_that_is_in_the_middle_of_a_large_body() {
    RequestBody large = RequestBody.fromBytes(new byte[8 << 20]);
    String upload = begin("refused");
    try (S3Client wrong = fixture.withWrongSecret()) {
      assertDenied(
          () ->
              wrong.uploadPart(
                  part -> part.bucket(BUCKET).key("refused").uploadId(upload).partNumber(1), large),
          403);
    }
    assertDenied(() -> s3.putObject(put -> put.bucket("no-such-bucket").key("x"), large), 404);
    assertDenied(
        () ->
            s3.uploadPart(
                part -> part.bucket(BUCKET).key("refused").uploadId("none").partNumber(1), large),
        404);
    s3.putObject(put -> put.bucket(BUCKET).key("there"), RequestBody.fromString("x"));
    assertDenied(
        () -> s3.putObject(put -> put.bucket(BUCKET).key("there").ifNoneMatch("*"), large), 412);
    s3.putObject(put -> put.bucket(BUCKET).key("after"), large);
  }

  @Test
  void the_stands_in_own_way_leaves_no_trace() {
    int before = fixture.effects().size();
    fixture.server.store().put(BUCKET, "quiet/x", "text/plain", new byte[] {1, 2, 3});
    assertThat(fixture.server.store().list(BUCKET, "quiet/")).hasSize(1);
    assertThat(fixture.server.store().head(BUCKET, "quiet/none")).isEmpty();
    fixture.server.store().delete(BUCKET, "quiet/x");
    assertThat(fixture.effects()).hasSize(before);
  }

  private static void assertDenied(Runnable call, int status) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(status));
  }

  private String begin(String key) {
    return s3.createMultipartUpload(
            create -> create.bucket(BUCKET).key(key).metadata(Map.of("md5", "m")))
        .uploadId();
  }

  private CompletedPart part(String key, String id, int number) {
    String etag =
        s3.uploadPart(
                part -> part.bucket(BUCKET).key(key).uploadId(id).partNumber(number),
                RequestBody.fromBytes(new byte[PART]))
            .eTag();
    return CompletedPart.builder().partNumber(number).eTag(etag).build();
  }

  private void put(String key, String content) {
    s3.putObject(put -> put.bucket(BUCKET).key(key), RequestBody.fromString(content));
  }

  private String text(String key) {
    return s3.getObjectAsBytes(get -> get.bucket(BUCKET).key(key)).asUtf8String();
  }
}
