package io.towpath.sandbox.sevenbridges;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.http.Reply;
import java.util.EnumSet;
import java.util.List;

/** Projects: listed, made, changed and deleted. */
final class ProjectRoutes {
  private final Realm realm;

  ProjectRoutes(Realm realm) {
    this.realm = realm;
  }

  void register(RouteTable table) {
    table.reading("GET", "/projects", this::list);
    table.reading("GET", "/projects/{owner}", this::list);
    table.mutating("POST", "/projects", this::create);
    table.reading(
        "GET",
        "/projects/{owner}/{project}",
        request -> request.one(200, json(request, find(request, realm, Permission.READ))));
    table.mutating("PATCH", "/projects/{owner}/{project}", this::update);
    table.mutating("DELETE", "/projects/{owner}/{project}", this::delete);
  }

  static Project find(Request request, Realm realm, Permission permission) {
    String id = request.variable("owner") + "/" + request.variable("project");
    return realm.access.project(id, permission);
  }

  private Reply list(Request request) {
    List<String> names = request.queries("name");
    String owner = request.query("owner").orElse(ownerInPath(request));
    List<Project> found =
        realm.projects.all().stream()
            .filter(project -> project.allows(realm.settings.user(), Permission.READ))
            .filter(project -> !project.owner().equals(Realm.PUBLISHER))
            .filter(project -> !project.identity.visibleFrom().isAfter(request.now()))
            .filter(project -> owner.isEmpty() || project.owner().equals(owner))
            .filter(project -> names.isEmpty() || names.stream().anyMatch(n -> like(project, n)))
            .filter(project -> project.tags.containsAll(request.queries("tag")))
            .toList();
    return request.page(found, project -> json(request, project), "href", "id", "name");
  }

  private static String ownerInPath(Request request) {
    return request.hasVariable("owner") ? request.variable("owner") : "";
  }

  /** The name filter looks for a part of the name, whatever its case. */
  private static boolean like(Project project, String part) {
    return project
        .name
        .toLowerCase(java.util.Locale.ROOT)
        .contains(part.toLowerCase(java.util.Locale.ROOT));
  }

  private Reply create(Request request) {
    ObjectNode body = request.body();
    String name = Fields.text(body, "name").orElseThrow(Refusal.NO_PROJECT_NAME::thrown);
    String billing = Fields.text(body, "billing_group").orElseThrow(Refusal.NO_BILLING_ID::thrown);
    checkBilling(billing);
    List<String> tags = Fields.textList(body.path("tags"), "tags");
    ObjectNode settings = Fields.objectAt(body, "settings");
    Project project =
        realm.newProject(
            realm.settings.user(), name, billing, request.now(), request.visibleFrom());
    project.members.put(realm.settings.user(), EnumSet.allOf(Permission.class));
    project.description = Fields.text(body, "description");
    project.tags = tags;
    project.settings.setAll(settings);
    return request.one(201, json(request, project)).changed("project", project.id(), project.name);
  }

  private static void checkBilling(String id) {
    if (!Realm.isUuid(id)) {
      throw Refusal.MALFORMED_BILLING.thrown();
    }
    if (!id.equals(Realm.BILLING_GROUP)) {
      throw Refusal.NO_BILLING.thrown();
    }
  }

  private Reply update(Request request) {
    Project project = find(request, realm, Permission.ADMIN);
    ObjectNode body = request.body();
    String name = Fields.text(body, "name").orElse(project.name);
    String billing = Fields.text(body, "billing_group").orElse(project.billingGroup);
    checkBilling(billing);
    ObjectNode settings = Fields.objectAt(body, "settings");
    List<String> tags =
        body.has("tags") ? Fields.textList(body.path("tags"), "tags") : project.tags;
    project.description = Fields.text(body, "description").or(() -> project.description);
    project.name = name;
    project.billingGroup = billing;
    project.tags = tags;
    project.settings.setAll(settings);
    project.modified = request.now();
    return request.one(200, json(request, project)).changed("project", project.id(), project.name);
  }

  private Reply delete(Request request) {
    Project project = find(request, realm, Permission.ADMIN);
    realm.projects.remove(project);
    return Reply.empty(204).changed("project", project.id(), project.name);
  }

  private ObjectNode json(Request request, Project project) {
    ObjectNode json = Fields.object().put("href", request.href("/projects/" + project.id()));
    json.put("id", project.id()).put("name", project.name).put("type", "v2");
    json.put("billing_group", project.billingGroup);
    Fields.put(json, "description", project.description);
    json.set("tags", Fields.texts(project.tags));
    json.set("settings", project.settings.deepCopy());
    json.put("root_folder", project.identity.rootFolder());
    json.put("created_by", project.identity.createdBy());
    json.put("created_on", Fields.time(project.identity.created()));
    json.put("modified_on", Fields.time(project.modified));
    json.put("category", "PRIVATE");
    json.set(
        "permissions",
        Permission.json(
            project.members.getOrDefault(realm.settings.user(), EnumSet.noneOf(Permission.class))));
    return json;
  }
}
