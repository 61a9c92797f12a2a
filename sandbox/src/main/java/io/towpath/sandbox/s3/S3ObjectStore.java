package io.towpath.sandbox.s3;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.gaul.s3proxy.blobstore.BlobStore;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/** The stand-ins' own way to what S3Proxy serves, past HTTP and so past faults and journal. */
final class S3ObjectStore implements ObjectStore {
  private final BlobStore blobs;

  S3ObjectStore(BlobStore blobs) {
    this.blobs = blobs;
  }

  @Override
  public void createBucket(String bucket) {
    blobs.createContainer(bucket);
  }

  @Override
  public boolean bucketExists(String bucket) {
    return blobs.containerExists(bucket);
  }

  @Override
  public Optional<Stored> head(String bucket, String key) {
    HeadObjectResponse head = blobs.blobMetadataIfPresent(bucket, key);
    return head == null
        ? Optional.empty()
        : Optional.of(
            new Stored(key, head.contentLength(), unquoted(head.eTag()), head.contentType()));
  }

  @Override
  public InputStream open(String bucket, String key, long from, long to) throws IOException {
    GetObjectRequest.Builder request = GetObjectRequest.builder().bucket(bucket).key(key);
    if (from > 0 || to >= 0) {
      request.range("bytes=" + from + "-" + (to < 0 ? "" : String.valueOf(to)));
    }
    try {
      return blobs.getBlob(request.build());
    } catch (NoSuchKeyException missing) {
      throw new IOException("there is no " + key + " in " + bucket, missing);
    }
  }

  @Override
  public void put(String bucket, String key, String contentType, byte[] content) {
    put(bucket, key, contentType, content.length, new ByteArrayInputStream(content));
  }

  @Override
  public void put(String bucket, String key, String contentType, Path file) {
    try (InputStream content = Files.newInputStream(file)) {
      put(bucket, key, contentType, Files.size(file), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void put(String bucket, String key, String contentType, long size, InputStream content) {
    blobs.putBlob(
        PutObjectRequest.builder()
            .bucket(bucket)
            .key(key)
            .contentType(contentType)
            .contentLength(size)
            .build(),
        content);
  }

  @Override
  public List<Stored> list(String bucket, String prefix) {
    return blobs
        .list(ListObjectsV2Request.builder().bucket(bucket).prefix(prefix).build())
        .contents()
        .stream()
        .map(object -> new Stored(object.key(), object.size(), unquoted(object.eTag()), ""))
        .toList();
  }

  @Override
  public void delete(String bucket, String key) {
    blobs.removeBlob(bucket, key);
  }

  /** Whether a multipart upload was begun and neither completed nor aborted. */
  boolean isOpen(String bucket, String key, String uploadId) {
    return blobs.listMultipartUploads(bucket).stream()
        .anyMatch(upload -> upload.uploadId().equals(uploadId) && upload.key().equals(key));
  }

  private static String unquoted(String etag) {
    return etag.replace("\"", "");
  }
}
