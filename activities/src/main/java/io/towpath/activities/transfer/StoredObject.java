package io.towpath.activities.transfer;

import io.towpath.activities.http.PlatformException;
import io.towpath.activities.store.S3Failures;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.model.FileRef;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.model.SourceId;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/** What HEAD says of an object, and what of that can be believed. */
final class StoredObject {
  /** User metadata with the hex MD5 of the bytes, written by Towpath after it verified them. */
  static final String MD5 = "md5";

  /** User metadata with the Synapse id and version that the bytes are. */
  static final String SYNAPSE_ID = "synapse-id";

  /** User metadata that stands for the address and version that the bytes came from. */
  static final String SOURCE = "source";

  private static final Set<String> ARCHIVED = Set.of("GLACIER", "DEEP_ARCHIVE");

  private final HeadObjectResponse head;

  private StoredObject(HeadObjectResponse head) {
    this.head = head;
  }

  /** The object, or empty when there is none. */
  static Optional<StoredObject> find(S3Client s3, S3Uri uri) {
    try {
      return Optional.of(
          new StoredObject(s3.headObject(r -> r.bucket(uri.bucket()).key(uri.key()))));
    } catch (SdkException e) {
      PlatformException failure = S3Failures.of("s3:GetObject", uri, e);
      if (failure.status() == 404) {
        return Optional.empty();
      }
      throw failure;
    }
  }

  /** The object, or empty when it is not there or not ours to read. */
  static Optional<StoredObject> findIfReadable(S3Client s3, S3Uri uri) {
    try {
      return find(s3, uri);
    } catch (PlatformException e) {
      if (e.kind() == FailureKind.ACCESS_DENIED || e.kind() == FailureKind.INPUT_REJECTED) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** User metadata of a staged file; without MD5 where the source states none. */
  static Map<String, String> metadata(FileRef file, Optional<String> md5) {
    Map<String, String> metadata = new TreeMap<>();
    metadata.put(noteOf(file.id()), sourceOf(file));
    md5.ifPresent(value -> metadata.put(MD5, value));
    return metadata;
  }

  long sizeBytes() {
    return head.contentLength();
  }

  String etag() {
    return Md5.plain(head.eTag());
  }

  /** The MD5 that Towpath noted on the object. */
  Optional<String> notedMd5() {
    return noted(MD5).map(value -> value.toLowerCase(Locale.ROOT)).filter(Md5::is);
  }

  /** The ETag where it is the MD5 of the bytes: one part, and no key of a customer or of KMS. */
  Optional<String> etagAsMd5() {
    boolean plain =
        head.sseCustomerAlgorithm() == null
            && (head.serverSideEncryption() == null
                || head.serverSideEncryption() == ServerSideEncryption.AES256);
    return plain && Md5.is(etag()) ? Optional.of(etag()) : Optional.empty();
  }

  /** Whether the bytes must be restored before they can be read. */
  boolean archived() {
    String storageClass = head.storageClassAsString(); // S3 leaves it out for STANDARD
    boolean cold =
        (storageClass != null && ARCHIVED.contains(storageClass)) || head.archiveStatus() != null;
    boolean restored =
        head.restore() != null && head.restore().contains("ongoing-request=\"false\"");
    return cold && !restored;
  }

  /** Whether this is the file, complete and verified: size, MD5 and source's version agree. */
  boolean is(FileRef file) {
    return isUnverified(file)
        && !file.handle().isEmpty()
        && notedMd5().isPresent()
        && (file.md5().isEmpty() || file.md5().equals(notedMd5()));
  }

  /** Whether size and source's version agree; a source without MD5 gives no more to compare. */
  boolean isUnverified(FileRef file) {
    return sizeBytes() == file.sizeBytes() && comesFrom(file);
  }

  /** Whether this was staged from the file's source, in the file's version, right or wrong. */
  boolean comesFrom(FileRef file) {
    return noted(noteOf(file.id())).equals(Optional.of(sourceOf(file)));
  }

  private static String noteOf(SourceId id) {
    return id.synapse().isPresent() ? SYNAPSE_ID : SOURCE;
  }

  /** An address may be signed and its version may hold any sign, so digests stand for them. */
  private static String sourceOf(FileRef file) {
    byte[] version = file.handle().getBytes(StandardCharsets.UTF_8);
    return file.id().synapse().isPresent()
        ? file.id().value()
        : file.id().folder() + "@" + Md5.of(version, version.length).substring(0, 12);
  }

  private Optional<String> noted(String name) {
    return Optional.ofNullable(head.metadata().get(name));
  }

  /** Whether a refusal says that a precondition or the object itself is gone. */
  static boolean changed(SdkException e) {
    return e instanceof S3Exception refusal
        && (refusal.statusCode() == 412 || refusal.statusCode() == 404);
  }
}
