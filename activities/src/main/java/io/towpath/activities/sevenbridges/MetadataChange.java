package io.towpath.activities.sevenbridges;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** What a file's metadata lacks; everything else that it has stays. */
final class MetadataChange {
  private MetadataChange() {}

  /**
   * The item of a bulk edit; empty where the file has all that is wanted.
   *
   * @param wanted by metadata key; null removes it
   */
  static Optional<ObjectNode> of(ProjectFile file, ObjectNode wanted) {
    ObjectNode missing = SevenBridgesApi.object();
    wanted
        .properties()
        .forEach(
            field -> {
              if (!same(field.getValue(), file.metadata().path(field.getKey()))) {
                missing.set(field.getKey(), field.getValue());
              }
            });
    if (missing.isEmpty()) {
      return Optional.empty();
    }
    ObjectNode item = SevenBridgesApi.object().put("id", file.id());
    item.set("metadata", missing);
    return Optional.of(item);
  }

  /** The platform may show a number as a text. */
  private static boolean same(JsonNode wanted, JsonNode shown) {
    boolean neither = wanted.isNull() && (shown.isMissingNode() || shown.isNull());
    boolean alike =
        wanted.isValueNode()
            && shown.isValueNode()
            && !shown.isNull()
            && wanted.asText().equals(shown.asText());
    return neither || alike || wanted.equals(shown);
  }
}
