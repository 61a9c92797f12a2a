package io.towpath.sandbox.synapse;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
@DisplayNameGeneration(ReplaceUnderscores.class)
class TransferTest {
  private static final byte[] FIRST = new byte[5 * 1024 * 1024];
  private static final byte[] SECOND = "the end".getBytes(StandardCharsets.UTF_8);
  private static final String START = "/file/v1/file/multipart";
  @AutoClose private final TestSynapse synapse = new TestSynapse(false);
  private String project = "";

  @BeforeEach
  void makeProject() {
    project = synapse.project("transfers");
  }

  private static ObjectNode upload() {
    ObjectNode upload = Json.object();
    upload.put("fileName", "big.bin").put("contentType", "application/octet-stream");
    upload.put("contentMD5Hex", TestSynapse.md5(7)).put("partSizeBytes", FIRST.length);
    return upload.put("fileSizeBytes", FIRST.length + SECOND.length);
  }

  private String start() {
    var started = synapse.post(START, upload());
    assertThat(started.status()).isEqualTo(201);
    return started.text("uploadId");
  }

  private String url(String upload, int part) {
    ObjectNode request = Json.object();
    request.putArray("partNumbers").add(part);
    var answer = synapse.post(START + "/" + upload + "/presigned/url/batch", request);
    assertThat(answer.status()).isEqualTo(201);
    return answer.json().at("/partPresignedUrls/0/uploadPresignedUrl").asText();
  }

  private TestSynapse.Answer send(String url, byte[] bytes) {
    return synapse.send(synapse.request(url).PUT(HttpRequest.BodyPublishers.ofByteArray(bytes)));
  }

  private TestSynapse.Answer add(String upload, int part, byte[] bytes) {
    return synapse.put(START + "/" + upload + "/add/" + part + "?partMD5Hex=" + Md5.hex(bytes));
  }

  private TestSynapse.Answer complete(String upload) {
    return synapse.put(START + "/" + upload + "/complete");
  }

  private String finished() {
    String upload = start();
    send(url(upload, 1), FIRST);
    send(url(upload, 2), SECOND);
    add(upload, 1, FIRST);
    add(upload, 2, SECOND);
    return complete(upload).text("resultFileHandleId");
  }

  private String download(String handle) {
    ObjectNode request = Json.object().put("includePreSignedURLs", true);
    request.putArray("requestedFiles").addObject().put("fileHandleId", handle);
    var answer = synapse.post("/file/v1/fileHandle/batch", request);
    assertThat(answer.status()).isEqualTo(201);
    return answer.json().at("/requestedFiles/0/preSignedURL").asText();
  }

  @Test
  void an_upload_in_parts_gives_one_handle_and_repeating_its_calls_changes_nothing() {
    String upload = start();
    assertThat(start()).isEqualTo(upload);
    assertThat(send(url(upload, 1), FIRST).raw().headers().firstValue("ETag"))
        .contains('"' + Md5.hex(FIRST) + '"');
    assertThat(add(upload, 1, FIRST).text("addPartState")).isEqualTo("ADD_SUCCESS");
    var missing = complete(upload);
    assertThat(missing.status()).isEqualTo(400);
    assertThat(missing.reason()).startsWith("Missing 1 part(s).  All parts must be");
    send(url(upload, 2), SECOND);
    add(upload, 2, SECOND);
    String handle = complete(upload).text("resultFileHandleId");
    assertThat(complete(upload).text("resultFileHandleId")).isEqualTo(handle);
    var again = synapse.post(START, upload());
    assertThat(again.text("state")).isEqualTo("COMPLETED");
    assertThat(again.text("resultFileHandleId")).isEqualTo(handle);
    assertThat(synapse.get("/file/v1/fileHandle/" + handle).json().path("contentSize").asInt())
        .isEqualTo(FIRST.length + SECOND.length);
    assertThat(synapse.committed("PUT /file/multipart/{uploadId}/complete")).isEqualTo(1);
    assertThat(
            synapse.journal.list(0, effect -> effect.route().endsWith("/complete")).stream()
                .map(effect -> effect.request().orElseThrow().path("key").asText()))
        .allMatch(key -> key.endsWith("big.bin"));
  }

  @Test
  void adding_a_part_again_takes_it_away() {
    String upload = start();
    send(url(upload, 1), FIRST);
    add(upload, 1, FIRST);
    var repeated = add(upload, 1, FIRST);
    assertThat(repeated.status()).isEqualTo(201);
    assertThat(repeated.text("addPartState")).isEqualTo("ADD_FAILED");
    assertThat(synapse.post(START, upload()).text("partsState")).isEqualTo("00");
  }

  @Test
  void a_part_with_another_md5_is_not_added_and_that_is_no_error() {
    String upload = start();
    send(url(upload, 2), SECOND);
    var wrong = add(upload, 2, FIRST);
    assertThat(wrong.status()).isEqualTo(201);
    assertThat(wrong.text("addPartState")).isEqualTo("ADD_FAILED");
  }

  @Test
  void parts_cannot_be_added_after_the_end() {
    finished();
    String upload = synapse.post(START, upload()).text("uploadId");
    var late = add(upload, 1, FIRST);
    assertThat(late.status()).isEqualTo(400);
    assertThat(late.reason()).isEqualTo("Cannot add parts to completed file upload.");
  }

  @Test
  void an_upload_that_s3_forgot_is_only_cured_by_starting_over() {
    String upload = start();
    send(url(upload, 1), FIRST);
    send(url(upload, 2), SECOND);
    add(upload, 1, FIRST);
    add(upload, 2, SECOND);
    synapse.platform.loseUpload(upload);
    assertThat(complete(upload).reason()).contains("NoSuchUpload");
    assertThat(start()).isEqualTo(upload);
    assertThat(synapse.post(START + "?forceRestart=true", upload()).text("uploadId"))
        .isNotEqualTo(upload);
  }

  @Test
  void sizes_outside_the_limits_are_refused() {
    assertThat(synapse.post(START, upload().put("fileSizeBytes", 0)).reason())
        .isEqualTo("File size must be at least one byte");
    assertThat(synapse.post(START, upload().put("partSizeBytes", 1024)).status()).isEqualTo(400);
  }

  @Test
  void a_download_url_is_good_for_30_seconds_and_a_part_url_for_15_minutes() {
    String url = download(finished());
    assertThat(url).contains("X-Amz-Expires=30").containsPattern("X-Amz-Date=\\d{8}T\\d{6}Z");
    synapse.clock.move(Duration.ofSeconds(30));
    assertThat(synapse.get(url).status()).isEqualTo(200);
    synapse.clock.move(Duration.ofSeconds(1));
    var late = synapse.get(url);
    assertThat(late.status()).isEqualTo(403);
    assertThat(late.body()).contains("Request has expired");
    String part = url(start(), 1);
    synapse.clock.move(Duration.ofMinutes(15).plusSeconds(1));
    assertThat(send(part, SECOND).status()).isEqualTo(403);
  }

  @Test
  void ranges_are_206_and_head_and_forged_urls_are_403() {
    String url = download(finished());
    var range = synapse.send(synapse.request(url).header("Range", "bytes=5242880-5242882"));
    assertThat(range.status()).isEqualTo(206);
    assertThat(range.body()).isEqualTo("the");
    assertThat(synapse.header(range, "Content-Range")).contains("bytes 5242880-5242882/5242887");
    var tail = synapse.send(synapse.request(url).header("Range", "bytes=-3"));
    assertThat(tail.body()).isEqualTo("end");
    var beyond = synapse.send(synapse.request(url).header("Range", "bytes=9999999-"));
    assertThat(beyond.status()).isEqualTo(416);
    var head =
        synapse.send(synapse.request(url).method("HEAD", HttpRequest.BodyPublishers.noBody()));
    assertThat(head.status()).isEqualTo(403);
    assertThat(synapse.get(url.replace("X-Amz-Expires=30", "X-Amz-Expires=3000")).status())
        .isEqualTo(403);
  }

  @Test
  void a_batch_fails_file_by_file_and_takes_100_at_most() {
    String own = finished();
    synapse.actAs(TestSynapse.BOB);
    String bobs = synapse.handle(TestSynapse.md5(1));
    synapse.actAs(TestSynapse.ANN);
    ObjectNode request = Json.object().put("includeFileHandles", true);
    var files = request.putArray("requestedFiles");
    files.addObject().put("fileHandleId", Long.parseLong(own));
    files.addObject().put("fileHandleId", bobs).put("associateObjectId", project);
    files.addObject().put("fileHandleId", "1");
    var answer = synapse.post("/file/v1/fileHandle/batch", request);
    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.json().at("/requestedFiles/0/fileHandle/id").asText()).isEqualTo(own);
    assertThat(answer.json().at("/requestedFiles/1/failureCode").asText())
        .isEqualTo("UNAUTHORIZED");
    assertThat(answer.json().at("/requestedFiles/2/failureCode").asText()).isEqualTo("NOT_FOUND");
    for (int i = 0; i < 98; i++) {
      files.addObject().put("fileHandleId", "1");
    }
    assertThat(synapse.post("/file/v1/fileHandle/batch", request).reason())
        .isEqualTo("Request exceeds the maximum number of objects per request: 100");
  }

  @Test
  void a_copy_into_an_own_bucket_moves_the_bytes_without_the_caller() {
    String source = finished();
    synapse.store.createBucket("mine");
    synapse.store.put("mine", "owner.txt", "text/plain", "ann".getBytes(StandardCharsets.UTF_8));
    ObjectNode setting = Json.object().put("bucket", "mine");
    setting.put("concreteType", StorageLocation.EXTERNAL_S3);
    long location =
        synapse.post("/repo/v1/storageLocation", setting).json().path("storageLocationId").asLong();
    ObjectNode copy = Json.object().put("storageLocationId", location);
    copy.put("concreteType", "org.sagebionetworks.repo.model.file.MultipartUploadCopyRequest");
    copy.put("partSizeBytes", 8 * 1024 * 1024);
    copy.putObject("sourceFileHandleAssociation")
        .put("fileHandleId", source)
        .put("associateObjectId", "syn1")
        .put("associateObjectType", "FileEntity");
    String upload = synapse.post(START, copy).text("uploadId");
    ObjectNode parts = Json.object();
    parts.putArray("partNumbers").add(1);
    var signed =
        synapse
            .post(START + "/" + upload + "/presigned/url/batch", parts)
            .json()
            .at("/partPresignedUrls/0");
    HttpRequest.Builder put =
        synapse
            .request(signed.path("uploadPresignedUrl").asText())
            .PUT(HttpRequest.BodyPublishers.noBody());
    assertThat(synapse.send(put).status()).isEqualTo(403);
    signed
        .path("signedHeaders")
        .properties()
        .forEach(header -> put.header(header.getKey(), header.getValue().asText()));
    var copied = synapse.send(put);
    assertThat(copied.status()).isEqualTo(200);
    String md5 = copied.body().replaceAll("(?s).*&quot;(\\w+)&quot;.*", "$1");
    synapse.put(START + "/" + upload + "/add/1?partMD5Hex=" + md5);
    var made =
        synapse.get("/file/v1/fileHandle/" + complete(upload).text("resultFileHandleId")).json();
    assertThat(synapse.store.head("mine", made.path("key").asText())).isPresent();
  }

  private byte[] seeded(String entity) {
    String handle = synapse.get("/repo/v1/entity/" + entity).text("dataFileHandleId");
    return synapse.send(synapse.request(download(handle)).GET()).raw().body();
  }

  @Test
  void seeded_files_of_one_name_keep_their_own_bytes() {
    byte[] bytes = {1};
    byte[] others = {2};
    String one = synapse.platform.seed().file(project, "one", "reads.fq", "text/plain", bytes);
    String two = synapse.platform.seed().file(project, "two", "reads.fq", "text/plain", others);

    assertThat(seeded(one)).isEqualTo(bytes);
    assertThat(seeded(two)).isEqualTo(others);
  }
}
