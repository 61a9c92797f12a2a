package io.towpath.activities.sevenbridges;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * A file or folder of a project.
 *
 * @param sizeBytes its size as the platform noted it; 0 of a folder
 * @param source where its bytes lie, if on a volume
 * @param metadata an object
 */
record ProjectFile(
    String id,
    String name,
    boolean folder,
    long sizeBytes,
    Optional<VolumePlace> source,
    JsonNode metadata) {

  static ProjectFile of(JsonNode file) {
    return new ProjectFile(
        file.path("id").asText(""),
        file.path("name").asText(""),
        file.path("type").asText("").equalsIgnoreCase("folder"),
        file.path("size").asLong(0),
        VolumePlace.of(file.path("storage")),
        file.path("metadata"));
  }

  /** For people: where it comes from and how long it is. */
  String words() {
    String from = source.map(VolumePlace::toString).orElse("the platform's own storage");
    return folder ? "a folder (" + id + ")" : id + " from " + from + ", " + sizeBytes + " bytes";
  }
}
