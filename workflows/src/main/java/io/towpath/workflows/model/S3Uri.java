package io.towpath.workflows.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * An S3 object or prefix, {@code s3://bucket/key}. The key is taken as it is: nothing in it is
 * percent-decoded, as in the AWS CLI.
 *
 * @param value the URI as text
 */
public record S3Uri(@JsonValue String value) {
  /** The longest key that S3 takes, in bytes of UTF-8. */
  public static final int MAX_KEY_BYTES = 1024;

  private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public S3Uri {
    if (!value.startsWith("s3://")) {
      throw new IllegalArgumentException("\"" + value + "\" is not s3://bucket/key");
    }
    int slash = value.indexOf('/', 5);
    String bucket = slash < 0 ? value.substring(5) : value.substring(5, slash);
    if (!BUCKET.matcher(bucket).matches()) {
      throw new IllegalArgumentException(
          "\"" + bucket + "\" in \"" + value + "\" is not a bucket name");
    }
    String key = slash < 0 ? "" : value.substring(slash + 1);
    if (key.getBytes(StandardCharsets.UTF_8).length > MAX_KEY_BYTES) {
      throw new IllegalArgumentException(
          "the key of \""
              + value.substring(0, 60)
              + "…\" has more than "
              + MAX_KEY_BYTES
              + " bytes");
    }
    if (value.chars().anyMatch(c -> c < ' ')) {
      throw new IllegalArgumentException("control character in the S3 URI of bucket " + bucket);
    }
  }

  public static S3Uri of(String bucket, String key) {
    return new S3Uri("s3://" + bucket + "/" + key);
  }

  public String bucket() {
    int slash = value.indexOf('/', 5);
    return slash < 0 ? value.substring(5) : value.substring(5, slash);
  }

  /** The key without a leading slash; empty for a bare bucket. */
  public String key() {
    int slash = value.indexOf('/', 5);
    return slash < 0 ? "" : value.substring(slash + 1);
  }

  /** This URI as a prefix: with exactly the slash that it needs at its end. */
  public S3Uri asFolder() {
    return value.endsWith("/") ? this : new S3Uri(value + "/");
  }

  /** The object or prefix {@code below} this prefix. */
  public S3Uri resolve(String below) {
    return new S3Uri(asFolder().value + below);
  }

  @Override
  public String toString() {
    return value;
  }
}
