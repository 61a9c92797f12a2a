package io.towpath.activities.synapse;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * What lies in one folder.
 *
 * @param byName the wanted children by name
 * @param count number of all children
 */
record Children(Map<String, Child> byName, int count) {
  /** A child; {@code type} is the last part of its concrete type, {@code stamp} its state. */
  record Child(String id, String type, OptionalLong stamp) {
    boolean folder() {
      return type.equals("Folder");
    }

    boolean file() {
      return type.equals("FileEntity");
    }
  }

  /** Lists a folder over all pages, 50 children a call. */
  static Children of(
      SynapseClient client, String parentId, Predicate<String> wanted, Runnable heartbeat) {
    Map<String, Child> byName = new HashMap<>();
    int count = 0;
    Optional<String> token = Optional.empty();
    do {
      JsonNode page = client.children(parentId, token);
      for (JsonNode child : page.path("page")) {
        count++;
        String name = child.path("name").asText("");
        if (wanted.test(name)) {
          String type = child.path("type").asText("");
          byName.put(
              name,
              new Child(
                  child.path("id").asText(""),
                  type.substring(type.lastIndexOf('.') + 1),
                  Stamp.of(child)));
        }
      }
      heartbeat.run();
      token = Optional.ofNullable(page.path("nextPageToken").textValue());
    } while (token.isPresent());
    return new Children(byName, count);
  }
}
