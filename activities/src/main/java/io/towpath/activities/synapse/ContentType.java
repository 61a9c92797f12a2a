package io.towpath.activities.synapse;

import java.util.Locale;
import java.util.Map;

/** Content types by file extension, for previews in Synapse. */
final class ContentType {
  private static final Map<String, String> BY_EXTENSION =
      Map.ofEntries(
          Map.entry("csv", "text/csv"),
          Map.entry("tsv", "text/tab-separated-values"),
          Map.entry("txt", "text/plain"),
          Map.entry("log", "text/plain"),
          Map.entry("html", "text/html"),
          Map.entry("json", "application/json"),
          Map.entry("yml", "text/yaml"),
          Map.entry("yaml", "text/yaml"),
          Map.entry("xml", "text/xml"),
          Map.entry("pdf", "application/pdf"),
          Map.entry("png", "image/png"),
          Map.entry("jpg", "image/jpeg"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("gz", "application/gzip"),
          Map.entry("zip", "application/zip"));

  private ContentType() {}

  static String of(String name) {
    String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return BY_EXTENSION.getOrDefault(extension, "application/octet-stream");
  }
}
