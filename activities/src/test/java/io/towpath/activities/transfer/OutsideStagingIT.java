package io.towpath.activities.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towpath.activities.fanout.PageRunner;
import io.towpath.activities.http.PlatformException;
import io.towpath.activities.outside.FileUrl;
import io.towpath.activities.outside.OpenInternet;
import io.towpath.activities.outside.OutsideFiles;
import io.towpath.activities.outside.OutsideLook;
import io.towpath.activities.outside.OutsidePlatform;
import io.towpath.activities.store.PageWriter;
import io.towpath.activities.store.S3Documents;
import io.towpath.activities.store.S3Sandbox;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.ledger.Claim;
import io.towpath.workflows.model.FileRef;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.model.SourceId;
import io.towpath.workflows.transfer.StagePage;
import io.towpath.workflows.transfer.StageRules;
import io.towpath.workflows.transfer.StagedFile;
import io.towpath.workflows.transfer.StagedPage;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Files of other platforms, behind URLs that expire or as objects of S3. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(120)
final class OutsideStagingIT {
  private static final int MIB = 1 << 20;
  private static final Claim CLAIM = new Claim("round-trip/syn1.1/rnaseq", 1, 1);
  private static final S3Uri TO = new S3Uri("s3://" + S3Sandbox.BUCKET + "/etl/");

  @AutoClose private final S3Sandbox s3 = new S3Sandbox();
  @AutoClose private final PageRunner pages = new PageRunner(Duration.ofMillis(50));
  @AutoClose private final PresignedSource source = new PresignedSource();
  private final S3Documents documents = new S3Documents(s3.clients().repeating());
  private final Map<SourceId, FileRef> behind = new HashMap<>();

  /** Signs URLs as Synapse does; nobody looks at its files here. */
  private final class Platform implements OutsidePlatform {
    @Override
    public List<OutsideLook> look(String connection, List<SourceId> ids, Runnable heartbeat) {
      throw new IllegalStateException("staging does not look again");
    }

    @Override
    public FileUrl url(String connection, SourceId id) {
      FileRef file = Objects.requireNonNull(behind.get(id));
      return source.urls(connection, List.of(file)).values().stream()
          .map(signed -> new FileUrl(reveal(signed), Map.of()))
          .findFirst()
          .orElseThrow();
    }
  }

  @Test
  void a_file_is_streamed_over_urls_that_are_renewed_and_its_md5_is_noted() {
    FileRef large = file("a", 23 * MIB, true);
    source.usesOfAUrl = 2;

    assertThat(stage("stream", List.of(large)).files()).isEqualTo(1);

    assertThat(documents.read(lines().get(0).uri())).isEqualTo(bytesOf(large));
    assertThat(lines().get(0).md5()).isEqualTo(Md5.of(bytesOf(large), 23 * MIB));
    assertThat(source.batches.get()).isBetween(3, 6);
    assertThat(stage("stream", List.of(large)).reused()).isEqualTo(1);
  }

  @Test
  void bytes_that_differ_from_the_md5_that_their_platform_states_are_refused() {
    FileRef file = file("a", 100, true);
    source.corrupt = range -> true;

    assertThatThrownBy(() -> stage("stream", List.of(file)))
        .isInstanceOfSatisfying(
            PlatformException.class,
            e -> assertThat(e.kind()).isEqualTo(FailureKind.CHECKSUM_MISMATCH));
  }

  @Test
  void without_a_stated_md5_the_one_of_the_bytes_is_computed() {
    FileRef file = file("a", 100, false);

    stage("stream", List.of(file));

    assertThat(lines().get(0).md5()).isEqualTo(Md5.of(bytesOf(file), 100));
    assertThat(source.ranges).hasSize(1);
  }

  @Test
  void an_object_that_the_platform_names_is_copied_inside_s3_or_streamed_from_it() {
    List<FileRef> files = List.of(object("small", 100), object("large", 11 * MIB));

    assertThat(stage("serverCopy", files).copiedInS3()).isEqualTo(2);
    List<FileRef> elsewhere = files.stream().map(file -> file.at("2/" + file.name())).toList();
    assertThat(stage("stream", elsewhere).copiedInS3()).isZero();

    assertThat(lines())
        .extracting(line -> documents.read(line.uri()))
        .containsExactly(bytesOf(files.get(0)), bytesOf(files.get(1)));
    assertThat(source.ranges).isEmpty();
  }

  private FileRef object(String name, int size) {
    FileRef file = file(name, size, true);
    S3Uri there = new S3Uri("s3://" + S3Sandbox.BUCKET + "/there/" + name);
    documents.write(there, "text/plain", bytesOf(file));
    return new FileRef(
        file.id(),
        name,
        file.place(),
        file.handle(),
        size,
        file.md5(),
        Optional.of(there.bucket()),
        Optional.of(there.key()));
  }

  private FileRef file(String name, int size, boolean md5) {
    SourceId id = new SourceId("drs://h.example.org/" + name);
    FileRef signed = source.file("syn" + size + ".1", name, size);
    behind.put(id, signed);
    return new FileRef(
        id,
        name,
        id.folder() + "/" + name,
        id.value(),
        size,
        signed.md5().filter(stated -> md5),
        Optional.empty(),
        Optional.empty());
  }

  private byte[] bytesOf(FileRef file) {
    return source.bytesOf(Objects.requireNonNull(behind.get(file.id())));
  }

  private static String reveal(SourceUrl signed) {
    try {
      return signed.reveal().toString();
    } catch (java.net.MalformedURLException e) {
      throw new IllegalStateException(e);
    }
  }

  private StagedPage stage(String mode, List<FileRef> files) {
    PageWriter writer = documents.writer(TO.resolve("manifest/"), files.size());
    files.forEach(file -> writer.add(file, file.sizeBytes()));
    StagePage page =
        new StagePage(
            CLAIM,
            "default",
            writer.finish(),
            0,
            TO.resolve("stage"),
            TO.resolve("staged/"),
            new StageRules("idFolders", mode, 4, true));
    try (TransferActivitiesImpl transfer =
        new TransferActivitiesImpl(
            s3.clients(),
            source,
            new OutsideFiles(
                new OpenInternet(new OkHttpClient(), List.of(source.address())),
                s3.clients().repeating(),
                pages,
                Map.of("drs", new Platform())),
            new FreeLedger(),
            pages,
            new TransferLimits(5 * MIB, 4, 10_000),
            details -> {})) {
      return transfer.stagePage(page);
    }
  }

  private List<StagedFile> lines() {
    return documents.readPage(TO.resolve("staged/000000.jsonl"), StagedFile.class);
  }
}
