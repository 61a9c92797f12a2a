package io.towpath.sandbox.sevenbridges;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.http.Reply;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Members of projects and what they may do there. */
final class MemberRoutes {
  private static final String MEMBERS = "/projects/{owner}/{project}/members";
  private final Realm realm;

  MemberRoutes(Realm realm) {
    this.realm = realm;
  }

  void register(RouteTable table) {
    table.reading("GET", MEMBERS, this::list);
    table.mutating("POST", MEMBERS, this::add);
    table.reading("GET", MEMBERS + "/{username}", this::get);
    table.mutating("DELETE", MEMBERS + "/{username}", this::remove);
    table.reading("GET", MEMBERS + "/{username}/permissions", this::permissions);
    table.mutating("PATCH", MEMBERS + "/{username}/permissions", this::permit);
    table.mutating("PUT", MEMBERS + "/{username}/permissions", this::permit);
  }

  private Reply list(Request request) {
    Project project = ProjectRoutes.find(request, realm, Permission.READ);
    return request.page(
        List.copyOf(project.members.keySet()), name -> json(request, project, name));
  }

  private Reply add(Request request) {
    Project project = ProjectRoutes.find(request, realm, Permission.ADMIN);
    ObjectNode body = request.body();
    String name = Fields.text(body, "username").orElseThrow(Refusal.NO_MEMBER_NAME::thrown);
    if (project.members.containsKey(name)) {
      throw Refusal.MEMBER_EXISTS.thrown();
    }
    ObjectNode given = Fields.objectAt(body, "permissions");
    Set<Permission> held = Permission.read(given, EnumSet.noneOf(Permission.class));
    project.members.put(name, held);
    return request
        .one(201, json(request, project, name))
        .changed("member", project.id() + "/" + name, name);
  }

  private Reply get(Request request) {
    Project project = ProjectRoutes.find(request, realm, Permission.READ);
    return request.one(200, json(request, project, member(request, project)));
  }

  private Reply remove(Request request) {
    Project project = ProjectRoutes.find(request, realm, Permission.ADMIN);
    String name = member(request, project);
    if (name.equals(project.owner())) {
      throw Refusal.PROJECT_FORBIDDEN.thrown();
    }
    project.members.remove(name);
    return Reply.empty(204).changed("member", project.id() + "/" + name, name);
  }

  private Reply permissions(Request request) {
    Project project = ProjectRoutes.find(request, realm, Permission.READ);
    return request.one(200, Permission.json(held(project, member(request, project))));
  }

  private Reply permit(Request request) {
    Project project = ProjectRoutes.find(request, realm, Permission.ADMIN);
    String name = member(request, project);
    ObjectNode given = request.body();
    if (given.isEmpty()) {
      throw Refusal.NO_PERMISSIONS.thrown();
    }
    Set<Permission> held = Permission.read(given, held(project, name));
    project.members.put(name, held);
    return request
        .one(200, Permission.json(held))
        .changed("member", project.id() + "/" + name, name);
  }

  private static String member(Request request, Project project) {
    return Optional.of(request.variable("username"))
        .filter(project.members::containsKey)
        .orElseThrow(Refusal.NO_PROJECT::thrown);
  }

  private static Set<Permission> held(Project project, String name) {
    return project.members.getOrDefault(name, EnumSet.noneOf(Permission.class));
  }

  private static ObjectNode json(Request request, Project project, String name) {
    ObjectNode json =
        Fields.object().put("href", request.href("/projects/" + project.id() + "/members/" + name));
    json.put("id", name).put("username", name).put("email", name + "@towpath.invalid");
    json.put("type", "USER");
    json.set("permissions", Permission.json(held(project, name)));
    return json;
  }
}
