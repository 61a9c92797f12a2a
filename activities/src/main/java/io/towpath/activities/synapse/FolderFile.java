package io.towpath.activities.synapse;

import com.fasterxml.jackson.databind.JsonNode;
import io.towpath.activities.glob.Globs;
import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.model.SynapseId;

/**
 * A file as its own GET shows it: the truth, where a listing is a hint.
 *
 * @param id with its newest version; without one when it is no manifest
 * @param ignored why it is no manifest of the folder; empty when it is one
 */
record FolderFile(SynapseId id, String name, String ignored) {
  static FolderFile of(String entity, SynapseId folder, Globs names, SynapseClient client) {
    JsonNode seen;
    try {
      seen = client.entity(entity);
    } catch (PlatformException e) {
      return switch (e.status()) {
        case 404 -> ignored(entity, "does not exist, or lies in the trash");
        case 403 -> ignored(entity, "may not be seen by us");
        default -> throw e;
      };
    }
    String name = seen.path("name").asText("");
    String type = seen.path("concreteType").asText("");
    String parent = seen.path("parentId").asText("");
    if (!type.endsWith(".FileEntity")) {
      return ignored(entity, "is no file but a " + type.substring(type.lastIndexOf('.') + 1));
    }
    if (!parent.equals(folder.entity())) {
      return ignored(entity, "lies in " + parent + ", not in " + folder.entity());
    }
    if (!names.take(name)) {
      return ignored(entity, "is called \"" + name + "\", which is no manifest's name by names");
    }
    SynapseId id = new SynapseId(entity).atVersion(seen.path("versionNumber").asLong(1));
    return new FolderFile(id, name, "");
  }

  boolean manifest() {
    return ignored.isEmpty();
  }

  private static FolderFile ignored(String entity, String why) {
    return new FolderFile(new SynapseId(entity), "", entity + " " + why);
  }
}
