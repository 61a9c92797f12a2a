package io.towpath.sandbox.synapse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.http.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The upload setting of a project or folder. */
final class ProjectSettingRoutes {
  private static final int MAX_LOCATIONS = 10;
  private final Realm realm;

  ProjectSettingRoutes(Realm realm) {
    this.realm = realm;
  }

  void register(RouteTable table) {
    table.changing("POST", "/projectSettings", Scope.WRITE, this::create);
    table.changing("PUT", "/projectSettings", Scope.WRITE, this::update);
    table.get("/projectSettings/{id}", Scope.VIEW, this::get);
    table.get("/projectSettings/{projectId}/type/{type}", Scope.VIEW, this::ofProject);
    table.changing("DELETE", "/projectSettings/{id}", Scope.DELETE, this::delete);
  }

  private Reply create(Request request) {
    ObjectNode given = request.body();
    Node node = target(request, Json.required(given, "projectId"));
    List<Long> locations = locations(given);
    if (realm.projectSettings.of(node.id).isPresent()) {
      throw Refusals.badRequest(
          "A project setting of type 'upload' for project " + node.id + " already exists.");
    }
    requireEmptyForSts(node, locations);
    ProjectSettings.Setting setting = realm.projectSettings.put(node.id, locations);
    return Reply.json(201, setting.json()).changed("projectSetting", setting.id(), node.id);
  }

  private Node target(Request request, String id) {
    Node node = realm.node(id, request.caller(), AccessType.UPDATE);
    if (!node.type.isContainer()) {
      throw Refusals.badRequest("The id is not the id of a project or folder entity.");
    }
    return node;
  }

  private List<Long> locations(ObjectNode given) {
    if (!Json.required(given, "concreteType").equals(ProjectSettings.UPLOAD_LIST)) {
      throw Refusals.badRequest("Unknown implementation of: ProjectSetting");
    }
    if (!Json.text(given, "settingsType").orElse("upload").equals("upload")) {
      throw Refusals.badRequest("settingsType must be: upload");
    }
    List<Long> ids = new ArrayList<>();
    for (JsonNode id : Json.list(given, "locations").orElse(List.of())) {
      ids.add(realm.locations.get(id.asLong()).id());
    }
    if (ids.isEmpty()) {
      throw Refusals.badRequest("settings.locations must have at least one entry");
    }
    if (ids.size() > MAX_LOCATIONS) {
      throw Refusals.badRequest(
          "settings.locations must be at most " + MAX_LOCATIONS + " locations");
    }
    return ids;
  }

  private void requireEmptyForSts(Node node, List<Long> locations) {
    boolean sts = locations.stream().anyMatch(id -> realm.locations.get(id).stsEnabled());
    if (!sts) {
      return;
    }
    if (locations.size() > 1) {
      throw Refusals.badRequest("An STS-enabled folder cannot add other upload destinations");
    }
    if (!realm.tree.childrenOf(node.id).isEmpty()) {
      throw Refusals.badRequest("Can't enable STS in a non-empty folder");
    }
  }

  private Reply update(Request request) {
    ObjectNode given = request.body();
    ProjectSettings.Setting before = realm.projectSettings.get(Json.required(given, "id"));
    Node node = target(request, before.projectId());
    if (!Json.text(given, "etag").equals(Optional.of(before.etag()))) {
      throw Refusals.stale(before.id());
    }
    List<Long> locations = locations(given);
    requireEmptyForSts(node, locations);
    ProjectSettings.Setting setting = realm.projectSettings.put(node.id, locations);
    return Reply.json(200, setting.json()).changed("projectSetting", setting.id(), node.id);
  }

  private Reply get(Request request) {
    ProjectSettings.Setting setting = realm.projectSettings.get(request.id());
    realm.node(setting.projectId(), request.caller(), AccessType.READ);
    return Reply.json(200, setting.json());
  }

  /** The setting that holds for the entity, which a parent may have; {@code null} when none. */
  private Reply ofProject(Request request) {
    Node node = realm.node(request.call().variable("projectId"), request.caller(), AccessType.READ);
    if (!request.call().variable("type").equals("upload")) {
      throw Refusals.badRequest(
          "No enum constant ProjectSettingsType." + request.call().variable("type"));
    }
    Optional<JsonNode> setting =
        realm.projectSettings.inherited(realm, node).map(ProjectSettings.Setting::json);
    return Reply.json(200, setting.orElse(NullNode.getInstance()));
  }

  private Reply delete(Request request) {
    ProjectSettings.Setting setting = realm.projectSettings.get(request.id());
    target(request, setting.projectId());
    realm.projectSettings.remove(setting);
    return Reply.empty(204).changed("projectSetting", setting.id(), setting.projectId());
  }
}
