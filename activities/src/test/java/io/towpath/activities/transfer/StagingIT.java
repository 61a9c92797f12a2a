package io.towpath.activities.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towpath.activities.fanout.PageRunner;
import io.towpath.activities.http.PlatformException;
import io.towpath.activities.outside.Addresses;
import io.towpath.activities.outside.OpenInternet;
import io.towpath.activities.outside.OutsideClient;
import io.towpath.activities.outside.OutsideFiles;
import io.towpath.activities.store.Digests;
import io.towpath.activities.store.PageWriter;
import io.towpath.activities.store.S3Documents;
import io.towpath.activities.store.S3Sandbox;
import io.towpath.sandbox.control.Fault;
import io.towpath.sandbox.control.Journal;
import io.towpath.sandbox.web.HttpsFiles;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.ledger.Claim;
import io.towpath.workflows.model.FileRef;
import io.towpath.workflows.model.ManifestRef;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.model.SourceId;
import io.towpath.workflows.transfer.StagePage;
import io.towpath.workflows.transfer.StageRules;
import io.towpath.workflows.transfer.StagedFile;
import io.towpath.workflows.transfer.StagedPage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.S3Exception;

@DisplayNameGeneration(ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
final class StagingIT {
  private static final int MIB = 1 << 20;
  private static final TransferLimits LIMITS = new TransferLimits(5 * MIB, 4, 10_000);
  private static final Claim CLAIM = new Claim("round-trip/syn1.1/rnaseq", 1, 1);

  private S3Sandbox s3;
  private S3Documents documents;
  private PageRunner pages;
  private PresignedSource source;
  private OpenInternet internet = new OpenInternet(new OkHttpClient());
  private FreeLedger ledger;
  private int tests;
  private S3Uri to = new S3Uri("s3://" + S3Sandbox.BUCKET + "/");

  @BeforeAll
  void start() {
    s3 = new S3Sandbox();
    documents = new S3Documents(s3.clients().repeating());
    pages = new PageRunner(Duration.ofMillis(50));
  }

  @AfterAll
  void stop() {
    pages.close();
    s3.close();
  }

  @BeforeEach
  void another_place() {
    source = new PresignedSource();
    ledger = new FreeLedger();
    to = new S3Uri("s3://" + S3Sandbox.BUCKET + "/etl " + ++tests + "/");
  }

  @AfterEach
  void close_source() {
    s3.spare();
    source.close();
  }

  @Test
  void files_of_no_byte_one_part_and_many_parts_arrive_verified() {
    List<FileRef> files =
        List.of(
            source.file("syn1.1", "empty.txt", 0),
            source.file("syn2.1", "one byte", 1),
            source.file("syn3.2", "one part.fq.gz", 5 * MIB),
            source.file("syn4.1", "a part and a byte", 5 * MIB + 1),
            source.file("syn5.7", "many.bam", 23 * MIB + 17));

    StagedPage page = stage(LIMITS, files);

    assertThat(counts(page)).isEqualTo(new StagedPage(5, 33L * MIB + 19, 0, 0, 0, ""));
    for (FileRef file : files) {
      S3Uri place = place(file);
      assertThat(documents.read(place)).isEqualTo(source.bytesOf(file));
      HeadObjectResponse head = head(place);
      assertThat(head.metadata()).containsEntry("md5", file.md5().orElseThrow());
      assertThat(head.metadata()).containsEntry("synapse-id", file.id().value());
    }
    assertThat(lines())
        .extracting(StagedFile::uri)
        .isEqualTo(files.stream().map(this::place).toList());
    assertThat(source.batches).hasValue(1);
    assertThat(openUploads()).isEmpty();
  }

  @Test
  void what_lies_there_complete_is_kept_and_costs_no_url() {
    List<FileRef> files =
        List.of(source.file("syn1.1", "a", 10), source.file("syn2.1", "b", 6 * MIB));
    stage(LIMITS, files);
    int downloads = source.ranges.size();

    assertThat(counts(stage(LIMITS, files)))
        .isEqualTo(new StagedPage(2, 6L * MIB + 10, 2, 0, 0, ""));
    assertThat(source.ranges).hasSize(downloads);
    assertThat(source.batches).hasValue(1);
    assertThat(lines()).allMatch(StagedFile::reused);
  }

  @Test
  void without_reuse_what_lies_there_complete_is_fetched_anew() {
    FileRef file = source.file("syn1.1", "a", 10);
    stage(LIMITS, List.of(file));

    try (TransferActivitiesImpl transfer = transfer(LIMITS)) {
      StageRules anew = new StageRules("idFolders", "stream", 4, false);
      assertThat(transfer.stagePage(page(List.of(file), anew)).reused()).isZero();
    }
    assertThat(source.ranges).hasSize(2);
  }

  @Test
  void another_version_under_the_same_size_is_not_kept() {
    FileRef file = source.file("syn1.1", "a", 10);
    stage(LIMITS, List.of(file));
    s3.clients()
        .once()
        .putObject(
            r -> r.bucket(to.bucket()).key(place(file).key()),
            RequestBody.fromString("0123456789"));

    assertThat(stage(LIMITS, List.of(file)).reused()).isZero();
    assertThat(documents.read(place(file))).isEqualTo(source.bytesOf(file));
  }

  @Test
  void a_file_named_twice_is_moved_once() {
    FileRef file = source.file("syn1.1", "a", 10);

    assertThat(stage(LIMITS, List.of(file, file)).files()).isEqualTo(1);
    assertThat(source.ranges).hasSize(1);
    assertThat(lines()).hasSize(2);
  }

  @Test
  void hostile_names_are_kept_as_they_are() {
    List<FileRef> files = new ArrayList<>();
    for (String name :
        List.of(
            "A&B.fastq.gz",
            "it's",
            "two  spaces ",
            "a+b",
            "100%",
            "%41",
            "ü–漢字😀",
            "..a",
            "a\\b",
            "q?x=1#y",
            "<tag>\"",
            "*.txt",
            "~")) {
      files.add(source.file("syn" + (files.size() + 1) + ".1", name, 20 + files.size()));
    }

    stage(LIMITS, files);

    for (FileRef file : files) {
      assertThat(documents.read(place(file))).as(file.name()).isEqualTo(source.bytesOf(file));
    }
  }

  @Test
  void wrong_bytes_are_never_visible() {
    FileRef small = source.file("syn1.1", "small", 1000);
    FileRef large = source.file("syn2.1", "large", 11 * MIB);
    source.corrupt = range -> true;

    for (FileRef file : List.of(small, large)) {
      assertThatThrownBy(() -> stage(LIMITS, List.of(file)))
          .isInstanceOfSatisfying(
              PlatformException.class,
              e -> assertThat(e.kind()).isEqualTo(FailureKind.CHECKSUM_MISMATCH));
      assertThatThrownBy(() -> head(place(file))).isInstanceOf(S3Exception.class);
    }
    assertThat(openUploads()).isEmpty();
  }

  @Test
  void wrong_bytes_once_are_read_again() {
    FileRef file = source.file("syn2.1", "large", 11 * MIB);
    boolean[] struck = {false};
    source.corrupt =
        range -> {
          boolean now = !struck[0] && range.startsWith("bytes=5242880");
          struck[0] |= now;
          return now;
        };

    stage(LIMITS, List.of(file));

    assertThat(struck[0]).isTrue();
    assertThat(documents.read(place(file))).isEqualTo(source.bytesOf(file));
    assertThat(openUploads()).isEmpty();
  }

  @Test
  void after_a_crash_the_parts_that_arrived_are_not_sent_again() {
    FileRef file = source.file("syn2.1", "large", 23 * MIB);
    source.refuse = range -> range.startsWith("bytes=" + 15 * MIB);
    assertThatThrownBy(() -> stage(LIMITS, List.of(file))).isInstanceOf(PlatformException.class);
    int arrived = partsOf(openUploads().get(0));
    long sent = partsSent(file);
    assertThat(arrived).isPositive();

    source.refuse = range -> false;
    stage(LIMITS, List.of(file));

    assertThat(partsSent(file) - sent).isEqualTo(5 - arrived);
    assertThat(s3.effects("POST uploads", place(file).key())).hasSize(1);
    assertThat(documents.read(place(file))).isEqualTo(source.bytesOf(file));
    assertThat(openUploads()).isEmpty();
  }

  @ParameterizedTest(name = "{0} with {1}")
  @CsvSource({
    "PUT object,    DROP_AFTER_COMMIT",
    "PUT object,    DROP_BEFORE_COMMIT",
    "PUT object,    STATUS_AFTER_COMMIT",
    "PUT object,    LATE_COMMIT",
    "POST uploads,  DROP_AFTER_COMMIT",
    "POST uploads,  REFUSE",
    "POST uploads,  STATUS_AFTER_COMMIT",
    "POST uploads,  TRUNCATE",
    "PUT part,      DROP_AFTER_COMMIT",
    "PUT part,      DROP_BEFORE_COMMIT",
    "PUT part,      STATUS_AFTER_COMMIT",
    "PUT part,      LATE_COMMIT",
    "POST complete, DROP_AFTER_COMMIT",
    "POST complete, DROP_BEFORE_COMMIT",
    "POST complete, STATUS_AFTER_COMMIT",
    "POST complete, TRUNCATE",
    "POST complete, LATE_COMMIT",
    "PUT object,    HTML",
    "PUT part,      HTML",
    "POST complete, HTML"
  })
  void a_lost_reply_costs_an_attempt_at_most(String route, Fault.Kind kind) {
    List<FileRef> files =
        List.of(source.file("syn1.1", "small", 1000), source.file("syn2.1", "large", 11 * MIB));
    s3.strike(route, 4, "stage/syn", kind, 503);

    int attempts = stageUntilDone(files);

    assertThat(s3.struck()).isPositive();
    assertThat(attempts).isLessThan(6);
    for (FileRef file : files) {
      assertThat(documents.read(place(file))).isEqualTo(source.bytesOf(file));
    }
    assertThat(openUploads()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"DROP_AFTER_COMMIT", "STATUS_AFTER_COMMIT", "LATE_COMMIT"})
  void a_file_is_written_once_though_its_answer_is_lost(Fault.Kind kind) {
    FileRef file = source.file("syn1.1", "small", 1000);
    s3.strike("PUT object", 1, "stage/syn", kind, 503);

    stageUntilDone(List.of(file));

    assertThat(s3.struck()).isEqualTo(1);
    assertThat(s3.effects("PUT object", place(file).key()))
        .filteredOn(Journal.Effect::committed)
        .hasSize(1);
  }

  @Test
  void an_expired_url_is_renewed_in_the_middle_of_a_file() {
    FileRef file = source.file("syn2.1", "large", 23 * MIB);
    source.usesOfAUrl = 2;

    stage(LIMITS, List.of(file));

    assertThat(documents.read(place(file))).isEqualTo(source.bytesOf(file));
    assertThat(source.batches.get()).isBetween(3, 5);
  }

  @Test
  void a_download_that_breaks_off_goes_on_where_it_broke() {
    FileRef file = source.file("syn2.1", "large", 9 * MIB);
    FileRef small = source.file("syn3.1", "small", 3 * MIB);
    source.breakOff = range -> range.isEmpty() || range.equals("bytes=0-" + (5 * MIB - 1));

    stage(LIMITS, List.of(file, small));

    assertThat(documents.read(place(file))).isEqualTo(source.bytesOf(file));
    assertThat(documents.read(place(small))).isEqualTo(source.bytesOf(small));
  }

  @Test
  void parts_grow_where_ten_thousand_would_not_do() {
    FileRef file = source.file("syn2.1", "huge", 23 * MIB + 5);
    TransferLimits threeParts = new TransferLimits(5 * MIB, 2, 3);
    source.refuse = range -> range.startsWith("bytes=" + 20 * MIB);
    assertThatThrownBy(() -> stage(threeParts, List.of(file)))
        .isInstanceOf(PlatformException.class);
    source.refuse = range -> false;

    stage(threeParts, List.of(file));

    assertThat(head(place(file)).eTag()).contains("-3");
    assertThat(documents.read(place(file))).isEqualTo(source.bytesOf(file));
  }

  @Test
  void an_object_that_s3_can_copy_does_not_pass_through_the_worker() {
    FileRef file = source.file("syn1.1", "a & ü.txt", 3000);
    String key = "source of/ü+%.txt";
    s3.clients()
        .once()
        .putObject(
            r -> r.bucket(to.bucket()).key(key), RequestBody.fromBytes(source.bytesOf(file)));
    FileRef inS3 = at(file, key);

    assertThat(counts(stage(LIMITS, List.of(inS3), "serverCopy")))
        .isEqualTo(new StagedPage(1, 3000, 0, 1, 0, ""));
    assertThat(source.ranges).isEmpty();
    assertThat(head(place(file)).metadata()).containsEntry("md5", file.md5().orElseThrow());
    assertThat(stage(LIMITS, List.of(inS3), "serverCopy").reused()).isEqualTo(1);
  }

  @Test
  void an_object_that_is_another_one_now_is_streamed_instead() {
    FileRef file = source.file("syn1.1", "a", 10);
    s3.clients()
        .once()
        .putObject(r -> r.bucket(to.bucket()).key("other"), RequestBody.fromString("0123456789"));

    assertThat(stage(LIMITS, List.of(at(file, "other")), "serverCopy").copiedInS3()).isZero();
    assertThat(stage(LIMITS, List.of(at(file, "nowhere")), "serverCopy").copiedInS3()).isZero();
    assertThat(documents.read(place(file))).isEqualTo(source.bytesOf(file));
  }

  @Test
  void a_lost_claim_completes_nothing_and_its_uploads_can_be_aborted() {
    FileRef file = source.file("syn2.1", "large", 11 * MIB);
    source.refuse = range -> range.startsWith("bytes=" + 10 * MIB);
    assertThatThrownBy(() -> stage(LIMITS, List.of(file))).isInstanceOf(PlatformException.class);
    assertThat(openUploads()).hasSize(1);

    TransferActivitiesImpl transfer = transfer(LIMITS);
    assertThat(transfer.abortUploads(new Claim("round-trip/other/x", 1, 1), to)).isZero();
    assertThat(transfer.abortUploads(CLAIM, to)).isEqualTo(1);
    assertThat(openUploads()).isEmpty();
    ledger.lost = true;
    assertThatThrownBy(() -> stage(LIMITS, List.of(file)))
        .isInstanceOfSatisfying(
            PlatformException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.CLAIM_LOST));
  }

  @Test
  void no_message_spells_out_a_signed_url() {
    FileRef file = source.file("syn2.1", "large", 11 * MIB);
    source.refuse = range -> true;

    assertThatThrownBy(() -> stage(LIMITS, List.of(file)))
        .hasMessageContaining("syn2.1")
        .hasMessageContaining("503")
        .hasMessageNotContaining("signature")
        .hasMessageNotContaining("http:");
  }

  @Test
  void what_another_manifest_left_at_a_place_is_never_overwritten() {
    FileRef theirs = source.file("syn1.1", "a.txt", 10).at("a.txt");
    FileRef newer = source.file("syn1.2", "a.txt", 12).at("a.txt");
    FileRef large = source.file("syn3.1", "a.txt", 11 * MIB).at("a.txt");
    flat(List.of(theirs));

    for (FileRef ours : List.of(newer, large)) {
      StagedPage page = flat(List.of(ours));

      assertThat(page.aside()).isEqualTo(1);
      assertThat(lines())
          .extracting(StagedFile::uri)
          .containsExactly(to.resolve("stage/a." + ours.id() + ".txt"));
      assertThat(documents.read(lines().get(0).uri())).isEqualTo(source.bytesOf(ours));
      assertThat(flat(List.of(ours)).reused()).isEqualTo(1);
    }
    assertThat(documents.read(to.resolve("stage/a.txt"))).isEqualTo(source.bytesOf(theirs));
    assertThat(flat(List.of(theirs)).reused()).isEqualTo(1);
  }

  @Test
  void an_object_of_nobody_is_not_overwritten_in_a_shared_folder_and_neither_place_free_is_told() {
    FileRef file = source.file("syn1.1", "a.txt", 10).at("a.txt");
    documents.write(to.resolve("stage/a.txt"), "text/plain", new byte[10]);
    documents.write(to.resolve("stage/a.syn1.1.txt"), "text/plain", new byte[10]);

    assertThatThrownBy(() -> flat(List.of(file)))
        .isInstanceOfSatisfying(
            PlatformException.class,
            e -> assertThat(e.kind()).isEqualTo(FailureKind.INPUT_REJECTED))
        .hasMessageContaining("a.syn1.1.txt");
    assertThat(documents.read(to.resolve("stage/a.txt"))).isEqualTo(new byte[10]);
  }

  @Test
  void a_file_named_by_its_address_is_streamed_verified_and_kept() {
    byte[] large = source.bytesOf(source.file("syn8.1", "x", 11 * MIB));
    byte[] small = source.bytesOf(source.file("syn9.1", "y", 100));
    try (HttpsFiles stand = new HttpsFiles()) {
      internet = new OpenInternet(OutsideClient.of(stand));
      Addresses addresses = new Addresses(internet);
      List<FileRef> files =
          List.of(stand.file("/d/x.bam", large), stand.file("/d/y.txt", small)).stream()
              .map(url -> addresses.look(new SourceId(url)).file().orElseThrow())
              .map(file -> file.at(file.id().folder() + "/" + file.name()))
              .toList();

      assertThat(stage(LIMITS, files).files()).isEqualTo(2);
      assertThat(lines())
          .extracting(line -> documents.read(line.uri()))
          .containsExactly(large, small);
      assertThat(lines()).extracting(StagedFile::md5).doesNotContain("");
      assertThat(head(lines().get(1).uri()).metadata().get("source")).startsWith("https/");
      assertThat(stage(LIMITS, files.subList(1, 2)).reused()).isEqualTo(1);
      assertThat(source.batches).hasValue(0);

      stand.version("\"v2\"");
      assertThatThrownBy(() -> stage(LIMITS, files.subList(0, 1)))
          .hasMessageContaining("another version now");
    }
  }

  private StagedPage flat(List<FileRef> files) {
    try (TransferActivitiesImpl transfer = transfer(LIMITS)) {
      return transfer.stagePage(page(files, new StageRules("flat", "stream", 4, true)));
    }
  }

  private StagedPage stage(TransferLimits limits, List<FileRef> files) {
    return stage(limits, files, "stream");
  }

  private StagedPage stage(TransferLimits limits, List<FileRef> files, String mode) {
    try (TransferActivitiesImpl transfer = transfer(limits)) {
      return transfer.stagePage(page(files, rules(mode)));
    }
  }

  /** Repeats the page as Temporal would, only for failures that may pass. */
  private int stageUntilDone(List<FileRef> files) {
    for (int attempt = 1; ; attempt++) {
      try {
        stage(LIMITS, files);
        return attempt;
      } catch (PlatformException e) {
        assertThat(e.kind()).isEqualTo(FailureKind.PLATFORM_UNAVAILABLE);
      }
    }
  }

  private TransferActivitiesImpl transfer(TransferLimits limits) {
    return new TransferActivitiesImpl(
        s3.clients(),
        source,
        new OutsideFiles(internet, s3.clients().repeating(), pages, Map.of()),
        ledger,
        pages,
        limits,
        details -> {});
  }

  private StagePage page(List<FileRef> files, StageRules rules) {
    PageWriter writer = documents.writer(to.resolve("manifest/"), files.size());
    files.forEach(file -> writer.add(file, file.sizeBytes()));
    ManifestRef manifest = writer.finish();
    return new StagePage(
        CLAIM, "default", manifest, 0, to.resolve("stage"), to.resolve("staged/"), rules);
  }

  private static StageRules rules(String mode) {
    return new StageRules("idFolders", mode, 4, true);
  }

  private S3Uri place(FileRef file) {
    return to.resolve("stage/" + file.id() + "/" + file.name());
  }

  private FileRef at(FileRef file, String key) {
    return new FileRef(
        file.id(),
        file.name(),
        file.place(),
        file.handle(),
        file.sizeBytes(),
        file.md5(),
        Optional.of(to.bucket()),
        Optional.of(key));
  }

  /** The counts alone, once the digest was found to be that of the page that was written. */
  private StagedPage counts(StagedPage page) {
    assertThat(page.sha256())
        .isEqualTo(Digests.sha256(documents.read(to.resolve("staged/000000.jsonl"))));
    return StagedPage.NONE.plus(page);
  }

  private List<StagedFile> lines() {
    return documents.readPage(to.resolve("staged/000000.jsonl"), StagedFile.class);
  }

  private HeadObjectResponse head(S3Uri uri) {
    return s3.clients().once().headObject(r -> r.bucket(uri.bucket()).key(uri.key()));
  }

  private List<MultipartUpload> openUploads() {
    return s3.clients()
        .once()
        .listMultipartUploads(r -> r.bucket(to.bucket()).prefix(to.key()))
        .uploads();
  }

  private int partsOf(MultipartUpload upload) {
    return s3.clients()
        .once()
        .listParts(r -> r.bucket(to.bucket()).key(upload.key()).uploadId(upload.uploadId()))
        .parts()
        .size();
  }

  private long partsSent(FileRef file) {
    return s3.effects("PUT part", place(file).key()).stream()
        .filter(Journal.Effect::committed)
        .count();
  }
}
