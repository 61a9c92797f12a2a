package io.towpath.sandbox.s3;

/** Makes URLs with which anyone can read one object of the sandbox's S3 for a while. */
@FunctionalInterface
public interface S3Links {
  /** A presigned URL of the object on the port that clients use, good for an hour. */
  String get(String bucket, String key);
}
