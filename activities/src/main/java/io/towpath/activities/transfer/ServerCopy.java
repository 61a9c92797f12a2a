package io.towpath.activities.transfer;

import io.towpath.activities.http.PlatformException;
import io.towpath.activities.store.S3Clients;
import io.towpath.activities.store.S3Failures;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.model.FileRef;
import io.towpath.workflows.model.S3Uri;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.MetadataDirective;

/**
 * Copies a file inside S3, without its bytes passing through the worker. Only where the MD5 can be
 * verified without reading: the source's ETag is one. S3 gives such an ETag to no object over 5
 * GiB, so one {@code CopyObject} always does.
 */
final class ServerCopy {
  private static final Duration LONGEST = Duration.ofMinutes(15);
  private static final long MOST_BYTES = 5L << 30;

  private final S3Clients s3;

  ServerCopy(S3Clients s3) {
    this.s3 = s3;
  }

  /** Copies the file and returns its MD5, or empty where S3 or we cannot. */
  Optional<String> copy(FileRef file, S3Uri target) {
    Optional<S3Uri> source = sourceOf(file);
    if (source.isEmpty() || file.sizeBytes() > MOST_BYTES) {
      return Optional.empty();
    }
    Optional<StoredObject> found =
        StoredObject.findIfReadable(s3.repeating(), source.get())
            .filter(object -> object.sizeBytes() == file.sizeBytes() && !object.archived());
    Optional<String> md5 = found.flatMap(StoredObject::etagAsMd5);
    if (md5.isEmpty() || (file.md5().isPresent() && !file.md5().equals(md5))) {
      return Optional.empty();
    }
    return copied(file, source.get(), target, md5.get()) ? md5 : Optional.empty();
  }

  private boolean copied(FileRef file, S3Uri source, S3Uri target, String md5) {
    try {
      s3.repeating()
          .copyObject(
              r ->
                  r.sourceBucket(source.bucket())
                      .sourceKey(source.key())
                      .copySourceIfMatch("\"" + md5 + "\"")
                      .destinationBucket(target.bucket())
                      .destinationKey(target.key())
                      .metadataDirective(MetadataDirective.REPLACE)
                      .metadata(StoredObject.metadata(file, Optional.of(md5)))
                      .overrideConfiguration(o -> o.apiCallTimeout(LONGEST)));
      return true;
    } catch (SdkException e) {
      PlatformException failure = S3Failures.of("s3:GetObject", source, e);
      boolean streamInstead =
          StoredObject.changed(e)
              || failure.kind() == FailureKind.ACCESS_DENIED
              || failure.kind() == FailureKind.INPUT_REJECTED;
      if (streamInstead) {
        return false;
      }
      throw failure;
    }
  }

  private static Optional<S3Uri> sourceOf(FileRef file) {
    if (file.bucket().isEmpty() || file.key().isEmpty()) {
      return Optional.empty();
    }
    boolean fits =
        file.key().get().getBytes(StandardCharsets.UTF_8).length <= S3Uri.MAX_KEY_BYTES
            && file.key().get().chars().noneMatch(c -> c < ' ');
    return fits ? Optional.of(S3Uri.of(file.bucket().get(), file.key().get())) : Optional.empty();
  }
}
