package io.towpath.sandbox.sevenbridges;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The rules of file metadata: flat, named, not too long; null takes a field away. */
final class Metadata {
  private static final int LONGEST_NAME = 100;
  private static final int LONGEST_VALUE = 300;

  private Metadata() {}

  /** Merges fields into a file's metadata, or replaces all of it. */
  static ObjectNode with(ObjectNode before, ObjectNode given, boolean replace) {
    ObjectNode after = replace ? Fields.object() : before.deepCopy();
    given
        .properties()
        .forEach(
            field -> {
              check(field.getKey(), field.getValue());
              if (field.getValue().isNull()) {
                after.remove(field.getKey());
              } else {
                after.set(field.getKey(), field.getValue());
              }
            });
    return after;
  }

  private static void check(String name, JsonNode value) {
    boolean named = !name.isBlank() && name.length() <= LONGEST_NAME;
    if (!named || !allowed(value)) {
      throw Refusal.METADATA_INVALID.thrown("Metadata validation failed. Field: " + name);
    }
  }

  private static boolean allowed(JsonNode value) {
    if (value.isArray()) {
      for (JsonNode item : value) {
        if (item.isContainerNode() || !allowed(item)) {
          return false;
        }
      }
      return true;
    }
    return !value.isObject() && value.asText().length() <= LONGEST_VALUE;
  }

  /** Whether a file's field has the value, or one of its values is it. */
  static boolean has(ObjectNode metadata, String name, String wanted) {
    JsonNode value = metadata.path(name);
    if (value.isArray()) {
      for (JsonNode item : value) {
        if (item.asText().equals(wanted)) {
          return true;
        }
      }
      return false;
    }
    return value.isValueNode() && value.asText().equals(wanted);
  }
}
