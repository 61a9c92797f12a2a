package io.towpath.activities.outside;

import io.towpath.activities.http.PlatformException;
import io.towpath.activities.store.S3Failures;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.model.S3Uri;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Looks at objects that pipelines read where they lie. What the worker cannot read the compute
 * environment might, but nobody would know before the run fails, so it counts as a problem.
 */
public final class ObjectsInPlace {
  private static final Set<String> ARCHIVED = Set.of("GLACIER", "DEEP_ARCHIVE");

  private final S3Client s3;
  private final Map<String, Optional<String>> regions = new ConcurrentHashMap<>();

  /** For one sheet: each bucket's region is asked for once. */
  public ObjectsInPlace(S3Client s3) {
    this.s3 = s3;
  }

  /** What is there now; a key that ends in / is a folder, which holds something. */
  public OutsideLook look(S3Uri uri) {
    return look(uri, OptionalLong.empty());
  }

  /** The same of an object of which somebody states its size. */
  OutsideLook look(S3Uri uri, OptionalLong statedBytes) {
    try {
      Optional<String> elsewhere = regions.computeIfAbsent(uri.bucket(), this::otherRegion);
      if (elsewhere.isPresent()) {
        return new OutsideLook(
            Optional.empty(),
            "",
            List.of(
                uri
                    + " lies in "
                    + elsewhere.get()
                    + ", not in the worker's region; it is not looked at, and reading it costs"
                    + " transfer"));
      }
      return uri.key().endsWith("/") ? folder(uri) : object(uri, statedBytes);
    } catch (SdkException e) {
      PlatformException failure = S3Failures.of("s3:GetObject", uri, e);
      if (failure.kind() == FailureKind.PLATFORM_UNAVAILABLE) {
        throw failure;
      }
      return OutsideLook.wrong(
          failure.status() == 404
              ? uri + " does not exist; it is to be read in place"
              : uri + " cannot be read in place: " + failure.getMessage());
    }
  }

  private Optional<String> otherRegion(String bucket) {
    try {
      return Optional.ofNullable(s3.headBucket(r -> r.bucket(bucket)).bucketRegion())
          .filter(region -> !region.equals(s3.serviceClientConfiguration().region().id()));
    } catch (S3Exception e) {
      if (e.statusCode() == 301 || e.statusCode() == 307) {
        return Optional.of("another region");
      }
      throw e;
    }
  }

  private OutsideLook folder(S3Uri uri) {
    boolean empty =
        s3.listObjectsV2(r -> r.bucket(uri.bucket()).prefix(uri.key()).maxKeys(1))
            .contents()
            .isEmpty();
    return empty ? OutsideLook.wrong(uri + " holds no object") : fine();
  }

  private OutsideLook object(S3Uri uri, OptionalLong statedBytes) {
    HeadObjectResponse head = s3.headObject(r -> r.bucket(uri.bucket()).key(uri.key()));
    if (statedBytes.orElse(head.contentLength()) != head.contentLength()) {
      return OutsideLook.wrong(
          uri
              + " has "
              + head.contentLength()
              + " bytes where "
              + statedBytes.getAsLong()
              + " are stated");
    }
    boolean cold = ARCHIVED.contains(head.storageClassAsString()) || head.archiveStatus() != null;
    boolean restored =
        head.restore() != null && head.restore().contains("ongoing-request=\"false\"");
    return cold && !restored
        ? OutsideLook.wrong(uri + " is archived; restore it, or name another object")
        : fine();
  }

  private static OutsideLook fine() {
    return new OutsideLook(Optional.empty(), "", List.of());
  }
}
