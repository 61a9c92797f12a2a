package io.towpath.activities.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.towpath.activities.fanout.PageRunner;
import io.towpath.activities.http.PlatformException;
import io.towpath.activities.outside.OpenInternet;
import io.towpath.activities.outside.OutsideFiles;
import io.towpath.activities.store.S3Documents;
import io.towpath.activities.store.S3Sandbox;
import io.towpath.activities.submit.SubmitLedger;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.ledger.Claim;
import io.towpath.workflows.model.Problem;
import io.towpath.workflows.model.RunKey;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.model.SpecDigest;
import io.towpath.workflows.transfer.ListOutputs;
import io.towpath.workflows.transfer.ListOutputs.FirstLaunch;
import io.towpath.workflows.transfer.OutputFile;
import io.towpath.workflows.transfer.Outputs;
import io.towpath.workflows.transfer.Paths;
import io.towpath.workflows.transfer.SummedPages;
import io.towpath.workflows.transfer.TransferActivities.ChecksumPages;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import okhttp3.OkHttpClient;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.CompletedPart;

@DisplayNameGeneration(ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
final class OutputsIT {
  private static final S3Uri BUCKET = new S3Uri("s3://" + S3Sandbox.BUCKET);

  private S3Sandbox s3;
  private S3Documents documents;
  private PageRunner pages;
  private TransferActivitiesImpl transfer;

  @BeforeAll
  void start() {
    s3 = new S3Sandbox();
    documents = new S3Documents(s3.clients().repeating());
    pages = new PageRunner();
    transfer =
        new TransferActivitiesImpl(
            s3.clients(),
            (connection, files) -> Map.of(),
            new OutsideFiles(
                new OpenInternet(new OkHttpClient()), s3.clients().repeating(), pages, Map.of()),
            new FreeLedger(),
            pages,
            TransferLimits.STANDARD,
            details -> {});
  }

  @AfterAll
  void stop() {
    transfer.close();
    pages.close();
    s3.close();
  }

  @Test
  void outputs_are_listed_with_odd_names_in_byte_order() {
    List<String> paths =
        List.of(
            " lead", "!", "a b/c  d.txt", "a+b", "a/owner.txt", "owner.txt", "x&y='%41", "ü.txt");
    paths.forEach(path -> put("odd/" + path, path));
    put("odd/empty.txt", "");
    put("odd/folder/", "");
    put("odd/work/x", "x");
    put("oddity/z", "not below");

    Outputs outputs = list(List.of("odd"), List.of("**"), List.of("work/**"));

    assertThat(rows(outputs)).extracting(OutputFile::path).isEqualTo(paths);
    assertThat(outputs.skipped()).isEqualTo(1);
    assertThat(outputs.zeroByte()).isEqualTo(new Paths(List.of("empty.txt"), 1));
    assertThat(outputs.files().sizeBytes())
        .isEqualTo(rows(outputs).stream().mapToLong(OutputFile::sizeBytes).sum());
  }

  @Test
  void several_prefixes_are_merged_and_nested_ones_refused() {
    put("m1/b", "1");
    put("m1/d", "1");
    put("m2/a", "1");
    put("m2/c", "1");

    assertThat(rows(list(List.of("m1", "m2", "m2/"), List.of(), List.of())))
        .extracting(OutputFile::path)
        .containsExactly("a", "b", "c", "d");
    assertThatThrownBy(() -> list(List.of("m1", "m1/b"), List.of(), List.of()))
        .isInstanceOfSatisfying(
            PlatformException.class,
            e -> assertThat(e.kind()).isEqualTo(FailureKind.INPUT_REJECTED));
  }

  @Test
  void more_than_a_thousand_objects_fill_several_pages() {
    IntStream.range(0, 2103)
        .parallel()
        .forEach(i -> put(String.format(java.util.Locale.ROOT, "lots/%05d", i), "x" + i));

    Outputs outputs = list(List.of("lots"), List.of(), List.of());

    assertThat(outputs.files().rows()).isEqualTo(2103);
    assertThat(outputs.files().pageCount()).isEqualTo(2);
    assertThat(rows(outputs)).extracting(OutputFile::path).isSorted().hasSize(2103);
    assertThat(list(List.of("lots"), List.of(), List.of()).files().sha256())
        .isEqualTo(outputs.files().sha256());
  }

  @Test
  void what_comes_late_is_listed_the_second_time_and_named() {
    put("late/a", "1");
    put("late/b", "1");
    put("late/d", "1");
    AtomicBoolean settling = new AtomicBoolean();
    Consumer<Object> runsOn =
        details -> {
          if (details.equals("settling") && settling.compareAndSet(false, true)) {
            put("late/b", "rewritten");
            put("late/c", "1");
            put("late/e", "1");
            put("late/empty", "");
            s3.clients().once().deleteObject(r -> r.bucket(BUCKET.bucket()).key("late/d"));
          }
        };

    Outputs second =
        new OutputListing(s3.clients().repeating(), documents, new FreeLedger())
            .list(
                new ListOutputs(
                    List.of(BUCKET.resolve("late")),
                    List.of(),
                    List.of(),
                    List.of(),
                    50,
                    BUCKET.resolve("listing-late/")),
                runsOn);

    assertThat(rows(second)).extracting(OutputFile::path).containsExactly("a", "b", "c", "e");
    assertThat(second.late()).isEqualTo(new Paths(List.of("b", "c", "e"), 3));
  }

  @Test
  void what_lay_in_a_directory_before_the_first_launch_is_told_and_left_out() {
    List.of("own/old", "own/skipped", "other/old").forEach(key -> put(key, "1"));
    put("own/old-empty", "");
    FreeLedger ledger = new FreeLedger();
    assertThat(listOwn(ledger).older()).as("before any launch").isEqualTo(Paths.NONE);
    Awaitility.await()
        .until(
            () -> {
              put("own/new", "1");
              return writtenAt("own/new").isAfter(writtenAt("other/old"));
            });
    ledger.intents =
        List.of(
            new SubmitLedger.Intent(1, writtenAt("own/new")),
            new SubmitLedger.Intent(2, Instant.MAX));

    Outputs outputs = listOwn(ledger);

    assertThat(rows(outputs))
        .extracting(file -> file.uri().key())
        .containsExactly("own/new", "other/old");
    assertThat(outputs.older()).isEqualTo(new Paths(List.of("old", "old-empty"), 2));
    assertThat(outputs.zeroByte()).isEqualTo(Paths.NONE);
    assertThat(outputs.skipped()).isEqualTo(1);
  }

  private Outputs listOwn(SubmitLedger ledger) {
    RunKey key = RunKey.of("k", "run", "r", SpecDigest.of(Map.of()), 1);
    return new OutputListing(s3.clients().repeating(), documents, ledger)
        .list(
            new ListOutputs(
                List.of(BUCKET.resolve("own"), BUCKET.resolve("other")),
                List.of(),
                List.of("skipped"),
                List.of(new FirstLaunch(BUCKET.resolve("own"), new Claim("k", 1, 1), "r", key)),
                0,
                BUCKET.resolve("listing-own/")),
            details -> {});
  }

  private Instant writtenAt(String key) {
    return s3.clients().once().headObject(r -> r.bucket(BUCKET.bucket()).key(key)).lastModified();
  }

  @Test
  void nothing_listed_is_no_page() {
    assertThat(list(List.of("nowhere"), List.of(), List.of()).files().pageCount()).isZero();
  }

  @Test
  void checksums_come_from_metadata_then_a_plain_etag_then_one_reading() {
    put("sums/plain", "plain");
    s3.clients()
        .once()
        .putObject(
            r ->
                r.bucket(BUCKET.bucket())
                    .key("sums/noted")
                    .metadata(Map.of("md5", "0123456789abcdef0123456789abcdef")),
            RequestBody.fromString("noted"));
    putInParts("sums/parts", "parts");
    Outputs outputs = list(List.of("sums"), List.of(), List.of());

    SummedPages summed = sum(outputs, "sums-result/");

    assertThat(summed.files()).isEqualTo(3);
    assertThat(summed.bytesRead()).isEqualTo(5);
    assertThat(documents.readPage(BUCKET.resolve("sums-result/000000.jsonl"), OutputFile.class))
        .extracting(OutputFile::path, file -> file.md5().orElseThrow())
        .containsExactly(
            tuple("noted", "0123456789abcdef0123456789abcdef"),
            tuple("parts", md5("parts")),
            tuple("plain", md5("plain")));
  }

  @Test
  void pages_that_have_their_md5s_are_not_read_again() {
    putInParts("twice/parts", "parts");
    Outputs outputs = list(List.of("twice"), List.of(), List.of());
    SummedPages first = sum(outputs, "twice-result/");

    SummedPages again = sum(outputs, "twice-result/");

    assertThat(first.bytesRead()).isEqualTo(5);
    assertThat(again).isEqualTo(new SummedPages(1, 0, first.digests()));
  }

  @Test
  void an_output_that_changes_after_it_was_listed_is_refused() {
    put("moving/a", "before");
    Outputs outputs = list(List.of("moving"), List.of(), List.of());
    put("moving/a", "after!");

    assertThatThrownBy(() -> sum(outputs, "moving-result/"))
        .hasMessageContaining("changed after it was listed");
  }

  @Test
  void a_target_is_inspected_without_writing() {
    put("target/a", "x");

    assertThat(transfer.inspectTarget(BUCKET.resolve("target/"), "stage.to")).isEmpty();
    List<Problem> missing =
        transfer.inspectTarget(new S3Uri("s3://no-such-bucket-here/x/"), "stage.to");
    assertThat(missing).hasSize(1);
    assertThat(missing.get(0).place()).isEqualTo("stage.to");
    assertThat(missing.get(0).text()).contains("no-such-bucket-here", "does not exist");
  }

  @Test
  void a_document_is_stored_and_stored_again() {
    S3Uri where = BUCKET.resolve("report.json");
    transfer.writeDocument(new Claim("k", 1, 1), where, "{\"a\":1}");
    transfer.writeDocument(new Claim("k", 1, 1), where, "{\"a\":2}");

    assertThat(new String(documents.read(where), StandardCharsets.UTF_8)).isEqualTo("{\"a\":2}");
  }

  private Outputs list(List<String> from, List<String> include, List<String> exclude) {
    return transfer.listOutputs(
        new ListOutputs(
            from.stream().map(BUCKET::resolve).toList(),
            include,
            exclude,
            List.of(),
            0,
            BUCKET.resolve("listing-" + from.get(0) + "/")));
  }

  private SummedPages sum(Outputs outputs, String result) {
    int pages = outputs.files().pageCount();
    return transfer.checksumPages(
        new ChecksumPages(outputs.files(), 0, pages, BUCKET.resolve(result)));
  }

  private List<OutputFile> rows(Outputs outputs) {
    List<OutputFile> rows = new ArrayList<>();
    documents.forEach(outputs.files(), OutputFile.class, rows::add);
    return rows;
  }

  private void put(String key, String content) {
    s3.clients()
        .once()
        .putObject(r -> r.bucket(BUCKET.bucket()).key(key), RequestBody.fromString(content));
  }

  private void putInParts(String key, String content) {
    String upload =
        s3.clients()
            .once()
            .createMultipartUpload(r -> r.bucket(BUCKET.bucket()).key(key))
            .uploadId();
    String etag =
        s3.clients()
            .once()
            .uploadPart(
                r -> r.bucket(BUCKET.bucket()).key(key).uploadId(upload).partNumber(1),
                RequestBody.fromString(content))
            .eTag();
    List<CompletedPart> parts = List.of(CompletedPart.builder().partNumber(1).eTag(etag).build());
    s3.clients()
        .once()
        .completeMultipartUpload(
            r ->
                r.bucket(BUCKET.bucket())
                    .key(key)
                    .uploadId(upload)
                    .multipartUpload(m -> m.parts(parts)));
  }

  private static String md5(String content) {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    return Md5.of(bytes, bytes.length);
  }
}
