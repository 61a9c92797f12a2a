package io.towpath.sandbox.s3;

/**
 * An access key of the sandbox's S3.
 *
 * @param secret signs requests; never shown
 */
public record S3Keys(String accessKeyId, String secret) {
  @Override
  public String toString() {
    return "S3Keys[" + accessKeyId + "]";
  }
}
