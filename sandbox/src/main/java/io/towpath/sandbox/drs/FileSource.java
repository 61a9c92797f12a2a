package io.towpath.sandbox.drs;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** The platform's files, each of which has a DRS id without being minted: its own. */
@FunctionalInterface
public interface FileSource {
  /**
   * One file and where its bytes lie.
   *
   * @param id 24 hex digits
   * @param checksums by type, as DRS names it; the platform itself knows the {@code etag} only
   */
  record PlatformFile(
      String id,
      String name,
      long size,
      Map<String, String> checksums,
      String mimeType,
      Instant created,
      Instant modified,
      String bucket,
      String key) {}

  /** A file, if the account may read it. */
  Optional<PlatformFile> find(String id);
}
