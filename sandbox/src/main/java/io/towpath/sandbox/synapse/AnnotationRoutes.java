package io.towpath.sandbox.synapse;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.http.Reply;
import java.util.Optional;

/** Annotations: a PUT replaces them all and needs the current etag. */
final class AnnotationRoutes {
  private final Realm realm;
  private final EntityJson json;

  AnnotationRoutes(Realm realm) {
    this.realm = realm;
    this.json = new EntityJson(realm);
  }

  void register(RouteTable table) {
    table.get("/entity/{id}/annotations2", Scope.VIEW, this::get);
    table.get("/entity/{id}/version/{versionNumber}/annotations2", Scope.VIEW, this::ofVersion);
    table.changing("PUT", "/entity/{id}/annotations2", Scope.WRITE, this::replace);
  }

  private Reply get(Request request) {
    Node node = realm.node(request.id(), request.caller(), AccessType.READ);
    return Reply.json(200, json.annotations(node, node.current()));
  }

  private Reply ofVersion(Request request) {
    Node node = realm.node(request.id(), request.caller(), AccessType.READ);
    return Reply.json(
        200, json.annotations(node, realm.revision(node, request.number("versionNumber"))));
  }

  private Reply replace(Request request) {
    Node node = realm.node(request.id(), request.caller(), AccessType.UPDATE);
    ObjectNode given = request.body();
    Optional<String> etag = Json.text(given, "etag");
    if (etag.isEmpty()) {
      throw Refusals.badRequest("Annotations etag is required.");
    }
    if (!etag.equals(Optional.of(node.etag))) {
      throw Refusals.stale(node.id);
    }
    ObjectNode annotations =
        AnnotationRules.checked(Json.object(given, "annotations").orElseGet(Json::object));
    node.current().annotations = annotations;
    node.touch(request.caller().userId(), realm.now());
    return Reply.json(200, json.annotations(node, node.current()))
        .changed("entity", node.id, node.name);
  }
}
