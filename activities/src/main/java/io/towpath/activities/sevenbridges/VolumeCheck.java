package io.towpath.activities.sevenbridges;

import com.fasterxml.jackson.databind.JsonNode;
import io.towpath.workflows.sevenbridges.ResolvedTarget.Volume;
import java.util.Optional;

/** Whether volumes can be imported from and exported to. */
final class VolumeCheck {
  private final SevenBridgesClient client;
  private final Obstacles obstacles;

  VolumeCheck(SevenBridgesClient client, Obstacles obstacles) {
    this.client = client;
    this.obstacles = obstacles;
  }

  /** A volume to import from, for which reading is enough. */
  Optional<Volume> toImportFrom(String place, String id) {
    return volume(place, id, "read");
  }

  /** A volume to export to, which must be writable. */
  Optional<Volume> toExportTo(String place, String id) {
    Optional<Volume> volume = volume(place, id, "write");
    if (volume.isPresent() && !volume.get().writable()) {
      obstacles.problem(
          place,
          "volume " + id + " is read-only (access mode RO); an export needs one of access mode RW");
    }
    return volume;
  }

  private Optional<Volume> volume(String place, String id, String right) {
    if (!id.matches("[^/]+/[^/]+")) {
      obstacles.problem(place, "\"" + id + "\" is not owner/volume");
      return Optional.empty();
    }
    Optional<JsonNode> found =
        obstacles.find(
            new Obstacles.Thing(
                place,
                "volume " + id,
                right + " on the volume",
                "attach the bucket as a volume, or let its owner add you as a member"),
            () -> client.volume(id));
    return found.flatMap(volume -> usable(place, id, volume));
  }

  private Optional<Volume> usable(String place, String id, JsonNode volume) {
    JsonNode service = volume.path("service");
    String type = service.path("type").asText("");
    if (!volume.path("active").asBoolean(true)) {
      obstacles.problem(place, "volume " + id + " is not active; its owner can activate it");
    }
    if (!type.equalsIgnoreCase("s3")) {
      obstacles.problem(place, "volume " + id + " is of type \"" + type + "\"; expected one on S3");
      return Optional.empty();
    }
    return Optional.of(
        new Volume(
            id,
            service.path("bucket").asText(""),
            service.path("prefix").asText("").replaceAll("^/+|/+$", ""),
            volume.path("access_mode").asText("").equalsIgnoreCase("RW")));
  }
}
