package io.towpath.activities.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.failure.FailureKind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
final class OutputChecksumsTest {
  private static final String ENCRYPTION = "x-amz-server-side-encryption";

  @ParameterizedTest
  @CsvSource({
    "x-amz-server-side-encryption,aws:kms",
    "x-amz-server-side-encryption,aws:kms:dsse",
    "x-amz-server-side-encryption-customer-algorithm,AES256"
  })
  void in_a_bucket_with_its_own_keys_the_etag_is_never_taken_for_the_md5(
      String header, String value) {
    try (OneObject s3 = new OneObject("bytes", Map.of(header, value))) {
      OutputChecksums.Checked checked = s3.check();

      assertThat(checked.file().md5()).contains(md5("bytes"));
      assertThat(checked.bytesRead()).isEqualTo(5);
    }
  }

  @Test
  void in_a_plain_bucket_nothing_is_read_for_the_md5() {
    try (OneObject s3 = new OneObject("bytes", Map.of(ENCRYPTION, "AES256"))) {
      assertThat(s3.check().file().md5()).contains(OneObject.ETAG);
      assertThat(s3.reads()).isZero();
    }
  }

  @Test
  void what_towpath_noted_itself_is_believed_with_any_encryption() {
    String noted = "ffffffffffffffffffffffffffffffff";
    try (OneObject s3 =
        new OneObject("bytes", Map.of(ENCRYPTION, "aws:kms", "x-amz-meta-md5", noted))) {
      assertThat(s3.check().file().md5()).contains(noted);
      assertThat(s3.reads()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "x-amz-storage-class,GLACIER",
    "x-amz-storage-class,DEEP_ARCHIVE",
    "x-amz-archive-status,ARCHIVE_ACCESS"
  })
  void archived_outputs_are_all_named_with_the_remedy_and_never_indexed(
      String header, String value) {
    try (OneObject s3 = new OneObject("bytes", Map.of(header, value))) {
      OutputChecksums.Checked checked = s3.check();

      assertThat(s3.reads()).isZero();
      assertThatExceptionOfType(PlatformException.class)
          .isThrownBy(() -> OutputChecksums.refuseArchived(List.of(checked, checked)))
          .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.INPUT_REJECTED))
          .withMessageContaining("2 outputs are archived")
          .withMessageContaining("s3://one-bucket/out/a.bam")
          .withMessageContaining("restore-object")
          .withMessageContaining("index.exclude");
    }
  }

  @Test
  void a_restored_output_is_read() {
    Map<String, String> headers =
        Map.of(
            "x-amz-storage-class",
            "GLACIER",
            "x-amz-restore",
            "ongoing-request=\"false\"",
            ENCRYPTION,
            "aws:kms");
    try (OneObject s3 = new OneObject("bytes", headers)) {
      assertThat(s3.check().file().md5()).contains(md5("bytes"));
    }
  }

  @Test
  void an_etag_that_was_not_known_when_it_was_listed_is_learned() {
    try (OneObject s3 = new OneObject("bytes", Map.of(ENCRYPTION, "AES256"))) {
      assertThat(s3.check("").file().etag()).isEqualTo(OneObject.ETAG);
      assertThat(s3.check("").file().md5()).contains(OneObject.ETAG);
    }
  }

  @Test
  void another_etag_than_the_listed_one_is_a_change() {
    try (OneObject s3 = new OneObject("bytes", Map.of(ENCRYPTION, "AES256"))) {
      assertThatExceptionOfType(PlatformException.class)
          .isThrownBy(() -> s3.check("fedcba9876543210fedcba9876543210"))
          .withMessageContaining("changed after it was listed");
    }
  }

  private static String md5(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return Md5.of(bytes, bytes.length);
  }
}
