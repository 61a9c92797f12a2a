package io.towpath.sandbox.synapse;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The upload settings of projects and folders; guarded by the realm's lock. */
final class ProjectSettings {
  static final String UPLOAD_LIST = StorageLocation.PROJECT_MODEL + "UploadDestinationListSetting";

  /** One setting of type {@code upload}. */
  record Setting(String id, String etag, String projectId, List<Long> locations) {
    ObjectNode json() {
      ObjectNode json = Json.object();
      json.put("concreteType", UPLOAD_LIST);
      json.put("id", id);
      json.put("projectId", projectId);
      json.put("settingsType", "upload");
      json.put("etag", etag);
      var list = json.putArray("locations");
      locations.forEach(list::add);
      return json;
    }
  }

  private final Map<String, Setting> byProject = new LinkedHashMap<>();
  private long lastId = 40_000;

  Setting put(String projectId, List<Long> locations) {
    Setting before = byProject.get(projectId);
    String id = before == null ? nextId() : before.id();
    Setting setting =
        new Setting(id, UUID.randomUUID().toString(), projectId, List.copyOf(locations));
    byProject.put(projectId, setting);
    return setting;
  }

  private String nextId() {
    lastId++;
    return Long.toString(lastId);
  }

  void remove(Setting setting) {
    byProject.remove(setting.projectId());
  }

  /** The setting made for exactly this project or folder. */
  Optional<Setting> of(String projectId) {
    return Optional.ofNullable(byProject.get(projectId));
  }

  Setting get(String id) {
    return byProject.values().stream()
        .filter(setting -> setting.id().equals(id))
        .findFirst()
        .orElseThrow(
            () -> Refusals.notFound("The project setting with id " + id + " does not exist"));
  }

  /** The nearest setting from the entity upwards. */
  Optional<Setting> inherited(Realm realm, Node node) {
    List<Node> path = realm.tree.path(node);
    for (int i = path.size() - 1; i >= 0; i--) {
      Optional<Setting> setting = of(path.get(i).id);
      if (setting.isPresent()) {
        return setting;
      }
    }
    return Optional.empty();
  }

  /** The STS-enabled location that holds for the entity, if its folder has one. */
  Optional<StorageLocation> stsLocation(Realm realm, Node node) {
    return inherited(realm, node)
        .filter(setting -> !setting.locations().isEmpty())
        .flatMap(setting -> realm.locations.find(setting.locations().get(0)))
        .filter(StorageLocation::stsEnabled);
  }
}
