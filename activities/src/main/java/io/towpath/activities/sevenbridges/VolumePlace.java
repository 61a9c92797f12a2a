package io.towpath.activities.sevenbridges;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * An object on a volume.
 *
 * @param volume {@code owner/name}
 * @param location its key below the volume's prefix
 */
record VolumePlace(String volume, String location) {
  /** Of a file's {@code storage} or a job's {@code source}; empty where they name no volume. */
  static Optional<VolumePlace> of(JsonNode place) {
    return place.hasNonNull("volume") && place.hasNonNull("location")
        ? Optional.of(
            new VolumePlace(place.path("volume").asText(), place.path("location").asText()))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return "\"" + location + "\" on volume " + volume;
  }
}
