package io.towpath.activities.outside;

import io.towpath.workflows.model.S3Uri;
import java.util.Map;
import java.util.Optional;

/**
 * A URL that a platform gave for one file: whoever has it can read the file, so it prints as
 * nothing and is never stored.
 */
public final class FileUrl {
  private final String url;
  private final Map<String, String> headers;

  /**
   * @param url as the platform wrote it; not believed until it is asked for
   * @param headers that the platform wants to see with it, and nobody else
   */
  public FileUrl(String url, Map<String, String> headers) {
    this.url = url;
    this.headers = Map.copyOf(headers);
  }

  String url() {
    return url;
  }

  /** The object, where it is an {@code s3://} one, which is read with the worker's own rights. */
  public Optional<S3Uri> object() {
    try {
      return url.startsWith("s3://")
          ? Optional.of(new S3Uri(url)).filter(uri -> uri.key().matches("(?s).*[^/]"))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  Map<String, String> headers() {
    return headers;
  }

  @Override
  public String toString() {
    return "(signed URL)";
  }
}
