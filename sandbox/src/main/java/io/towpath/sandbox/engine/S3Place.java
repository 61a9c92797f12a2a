package io.towpath.sandbox.engine;

import java.util.Optional;

/**
 * A bucket and a key, or a key prefix, as an {@code s3://} URI names them: the key is not encoded.
 */
public record S3Place(String bucket, String key) {
  private static final String SCHEME = "s3://";

  public static Optional<S3Place> parse(String uri) {
    if (!uri.startsWith(SCHEME) || uri.length() == SCHEME.length()) {
      return Optional.empty();
    }
    String rest = uri.substring(SCHEME.length());
    int slash = rest.indexOf('/');
    return Optional.of(
        slash < 0
            ? new S3Place(rest, "")
            : new S3Place(rest.substring(0, slash), rest.substring(slash + 1)));
  }

  /** A key below this prefix. */
  public S3Place below(String name) {
    String joint = key.isEmpty() || key.endsWith("/") ? "" : "/";
    return new S3Place(bucket, key + joint + name);
  }

  /** The last segment of the key. */
  public String baseName() {
    return key.substring(key.lastIndexOf('/') + 1);
  }

  @Override
  public String toString() {
    return SCHEME + bucket + '/' + key;
  }
}
