package io.towpath.sandbox.s3;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The sandbox's own way into its S3 server, through the S3 API: what stand-ins and engines read and
 * write here is struck by no fault and appears in no journal.
 */
public interface ObjectStore {
  /**
   * An object's metadata.
   *
   * @param etag without quotes
   */
  record Stored(String key, long size, String etag, String contentType) {}

  void createBucket(String bucket);

  boolean bucketExists(String bucket);

  Optional<Stored> head(String bucket, String key);

  /** Opens bytes {@code from} (inclusive) to {@code to} (inclusive; -1 is the end) of an object. */
  InputStream open(String bucket, String key, long from, long to) throws IOException;

  void put(String bucket, String key, String contentType, byte[] content);

  void put(String bucket, String key, String contentType, Path file);

  /** Every object below the prefix, over all pages, in key order. */
  List<Stored> list(String bucket, String prefix);

  void delete(String bucket, String key);
}
