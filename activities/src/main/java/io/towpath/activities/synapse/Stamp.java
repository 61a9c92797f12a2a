package io.towpath.activities.synapse;

import com.fasterxml.jackson.databind.JsonNode;
import io.towpath.activities.store.S3Documents;
import io.towpath.workflows.model.Sha256;
import java.nio.ByteBuffer;
import java.util.OptionalLong;

/**
 * Numbers that stand for a state: the first 64 bits of its SHA-256. Whatever Synapse changes of an
 * entity, its handle and its annotations too, it writes down as the time of the last change
 * (NodeManagerImpl calls {@code touch}), and a listing tells that time as well as the entity
 * itself.
 */
final class Stamp {
  private Stamp() {}

  /**
   * Of an entity, by itself or by its header in a listing: equal ones mean that nothing changed.
   */
  static OptionalLong of(JsonNode entity) {
    String modifiedOn = entity.path("modifiedOn").asText("");
    if (modifiedOn.isEmpty()) {
      return OptionalLong.empty();
    }
    return first64(
        entity.path("id").asText(""), entity.path("versionNumber").asText(""), modifiedOn);
  }

  /**
   * Of an entity with this stamp and of what was filed there: what the next generation compares.
   */
  static OptionalLong seal(OptionalLong stamp, WantedFile wanted) {
    if (stamp.isEmpty()) {
      return stamp;
    }
    return first64(
        String.valueOf(stamp.getAsLong()),
        wanted.md5(),
        S3Documents.JSON.valueToTree(wanted.annotations()).toString(),
        wanted.object().value());
  }

  private static OptionalLong first64(String... words) {
    return OptionalLong.of(ByteBuffer.wrap(Sha256.of(String.join("\n", words))).getLong());
  }
}
