package io.towpath.activities.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towpath.activities.http.PlatformException;
import io.towpath.sandbox.control.Journal;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.model.ManifestRef;
import io.towpath.workflows.model.S3Uri;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
final class S3DocumentsIT {
  private static final S3Uri BUCKET = new S3Uri("s3://" + S3Sandbox.BUCKET);

  private S3Sandbox s3;
  private S3Documents documents;

  record Row(int number) {}

  @BeforeAll
  void start() {
    s3 = new S3Sandbox();
    documents = new S3Documents(s3.clients().repeating());
  }

  @AfterAll
  void stop() {
    s3.close();
  }

  @Test
  void a_list_is_read_page_by_page_and_as_a_whole() {
    ManifestRef list = list("whole/", 2_500);
    List<Row> rows = new ArrayList<>();

    documents.forEach(list, Row.class, rows::add);

    assertThat(rows).hasSize(2_500).last().isEqualTo(new Row(2_499));
    assertThat(documents.readPage(list, 1, Row.class)).first().isEqualTo(rows.get(list.pageSize()));
    assertThat(list("whole again/", 2_500).sha256()).isEqualTo(list.sha256());
    assertThat(list("shorter/", 2_499).sha256()).isNotEqualTo(list.sha256());
  }

  @ParameterizedTest
  @ValueSource(strings = {"000001.jsonl", "digests.txt"})
  void a_page_that_something_else_wrote_is_not_used(String object) {
    ManifestRef list = list("changed " + object + "/", 2_500);
    S3Uri changed = list.pages().resolve(object);
    documents.write(changed, "text/plain", documents.read(list.page(0)));

    assertThatThrownBy(() -> documents.readPage(list, 1, Row.class))
        .isInstanceOfSatisfying(
            PlatformException.class,
            e -> assertThat(e.kind()).isEqualTo(FailureKind.CHECKSUM_MISMATCH))
        .hasMessageContaining(changed.value());
  }

  @Test
  void a_list_with_another_page_in_it_is_not_used() {
    ManifestRef list = list("whole changed/", 2_500);
    documents.writePage(list.page(1), List.of(new Row(0)));

    assertThatThrownBy(() -> documents.forEach(list, Row.class, row -> {}))
        .hasMessageContaining("something else writes");
  }

  @Test
  void a_page_knows_what_it_was_made_from() {
    S3Uri page = BUCKET.resolve("made/000000.jsonl");

    assertThat(documents.madeFrom("abc", page)).isEmpty();
    String digest = documents.writePage(page, List.of(new Row(1)), "abc");

    assertThat(documents.madeFrom("abc", page)).contains(digest);
    assertThat(documents.madeFrom("abd", page)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 70_000, 5 << 20, (11 << 20) + 3})
  void an_upload_is_there_as_a_whole_once_it_is_completed(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    S3Uri target = BUCKET.resolve("upload " + size);

    try (S3Upload upload = documents.upload(target, "text/csv")) {
      for (int from = 0; from < size; from += 4_096) {
        upload.write(bytes, from, Math.min(4_096, size - from));
      }
      assertThatThrownBy(() -> documents.read(target))
          .isInstanceOfSatisfying(
              PlatformException.class, e -> assertThat(e.status()).isEqualTo(404));

      assertThat(upload.complete()).isEqualTo(Digests.sha256(bytes));
    }
    assertThat(documents.read(target)).isEqualTo(bytes);
  }

  @Test
  void an_upload_that_is_not_completed_leaves_nothing_behind() {
    S3Uri target = BUCKET.resolve("given up");

    try (S3Upload upload = documents.upload(target, "text/csv")) {
      upload.write(new byte[6 << 20], 0, 6 << 20);
    }

    assertThat(s3.effects("PUT part", "given up")).hasSize(1);
    assertThat(s3.effects("DELETE upload", "given up")).allMatch(Journal.Effect::committed);
    assertThat(
            s3.clients()
                .once()
                .listMultipartUploads(r -> r.bucket(S3Sandbox.BUCKET).prefix("given up"))
                .uploads())
        .isEmpty();
  }

  @Test
  void what_is_longer_than_it_may_be_is_refused() {
    S3Uri uri = BUCKET.resolve("long");
    documents.write(uri, "text/plain", "12345".getBytes(StandardCharsets.UTF_8));

    assertThat(documents.read(uri, 5)).hasSize(5);
    assertThatThrownBy(() -> documents.read(uri, 4))
        .isInstanceOfSatisfying(
            PlatformException.class,
            e -> assertThat(e.kind()).isEqualTo(FailureKind.INPUT_REJECTED));
  }

  private ManifestRef list(String prefix, int rows) {
    PageWriter writer = documents.writer(BUCKET.resolve(prefix), rows);
    for (int i = 0; i < rows; i++) {
      writer.add(new Row(i), 1);
    }
    return writer.finish();
  }
}
