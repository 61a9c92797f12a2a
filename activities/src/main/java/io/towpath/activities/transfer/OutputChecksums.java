package io.towpath.activities.transfer;

import io.towpath.activities.http.PlatformException;
import io.towpath.activities.store.S3Failures;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.transfer.OutputFile;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** Finds the MD5 of an output, at the least cost that is still true. */
final class OutputChecksums {
  private static final int READ_BYTES = 128 << 10;
  private static final int MOST_NAMED = 20;

  private final S3Client s3;

  OutputChecksums(S3Client s3) {
    this.s3 = s3;
  }

  /**
   * The output with its MD5, and how many bytes had to be read for it.
   *
   * @param archived whether its bytes must be restored before anybody can read them
   */
  record Checked(OutputFile file, long bytesRead, boolean archived) {}

  Checked check(OutputFile listed) {
    StoredObject object =
        StoredObject.find(s3, listed.uri()).orElseThrow(() -> changed(listed.uri()));
    boolean sameTag = listed.etag().isEmpty() || listed.etag().equals(object.etag());
    if (object.sizeBytes() != listed.sizeBytes() || !sameTag) {
      throw changed(listed.uri());
    }
    OutputFile file =
        new OutputFile(
            listed.uri(), listed.path(), listed.sizeBytes(), object.etag(), listed.md5());
    if (object.archived()) {
      return new Checked(file, 0, true);
    }
    Optional<String> known = object.notedMd5().or(object::etagAsMd5);
    if (known.isPresent()) {
      return checked(file, known.get(), 0);
    }
    return checked(file, read(file), file.sizeBytes());
  }

  private String read(OutputFile file) {
    S3Uri uri = file.uri();
    Md5 md5 = new Md5();
    long length = 0;
    try (ResponseInputStream<GetObjectResponse> in =
        s3.getObject(
            r -> r.bucket(uri.bucket()).key(uri.key()).ifMatch("\"" + file.etag() + "\""))) {
      byte[] buffer = new byte[READ_BYTES];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        Stopped.check();
        md5.update(buffer, read);
        length += read;
      }
    } catch (SdkException e) {
      throw StoredObject.changed(e) ? changed(uri) : S3Failures.of("s3:GetObject", uri, e);
    } catch (IOException e) {
      throw broken(uri);
    }
    if (length != file.sizeBytes()) {
      throw broken(uri);
    }
    return md5.hex();
  }

  private static Checked checked(OutputFile file, String md5, long bytesRead) {
    return new Checked(
        new OutputFile(file.uri(), file.path(), file.sizeBytes(), file.etag(), Optional.of(md5)),
        bytesRead,
        false);
  }

  /** Fails with everything that is archived, at once. */
  static void refuseArchived(List<Checked> checked) {
    List<String> archived =
        checked.stream().filter(Checked::archived).map(c -> c.file().uri().value()).toList();
    if (!archived.isEmpty()) {
      throw new PlatformException(
          FailureKind.INPUT_REJECTED,
          archived.size()
              + (archived.size() == 1 ? " output is" : " outputs are")
              + " archived (GLACIER, DEEP_ARCHIVE or an archive tier) and cannot be read: "
              + String.join(", ", archived.subList(0, Math.min(MOST_NAMED, archived.size())))
              + (archived.size() > MOST_NAMED ? " and more" : "")
              + "; restore with: aws s3api restore-object, or leave them out by index.exclude");
    }
  }

  private static PlatformException changed(S3Uri uri) {
    return new PlatformException(
        FailureKind.INPUT_REJECTED,
        uri + " changed after it was listed; start again when nothing writes there any more");
  }

  private static PlatformException broken(S3Uri uri) {
    return new PlatformException(
        FailureKind.PLATFORM_UNAVAILABLE, "reading " + uri + " broke off before its end");
  }
}
