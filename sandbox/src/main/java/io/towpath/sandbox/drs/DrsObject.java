package io.towpath.sandbox.drs;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A blob or a bundle under a DRS id.
 *
 * @param checksums by type, as DRS names it
 * @param place where a blob's bytes lie; none for a bundle
 * @param contents ids of what a bundle holds; empty for a blob
 */
record DrsObject(
    String id,
    String name,
    long size,
    Map<String, String> checksums,
    String mimeType,
    Instant created,
    Instant updated,
    Optional<Place> place,
    List<String> contents) {
  /** Bytes in S3. */
  record Place(String bucket, String key, String region) {
    /** How the access route names it. */
    String accessId() {
      return "aws-" + region;
    }
  }

  static DrsObject of(FileSource.PlatformFile file, String region) {
    return new DrsObject(
        file.id(),
        file.name(),
        file.size(),
        file.checksums(),
        file.mimeType(),
        file.created(),
        file.modified(),
        Optional.of(new Place(file.bucket(), file.key(), region)),
        List.of());
  }
}
