package io.towpath.sandbox.synapse;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.http.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Versions of an entity, newest first, and the replacement of a version's file handle. */
final class VersionRoutes {
  private static final int DEFAULT_LIMIT = 10;
  private final Realm realm;
  private final EntityJson json;

  VersionRoutes(Realm realm) {
    this.realm = realm;
    this.json = new EntityJson(realm);
  }

  void register(RouteTable table) {
    table.get("/entity/{id}/version", Scope.VIEW, this::list);
    table.get("/entity/{id}/version/{versionNumber}", Scope.VIEW, this::get);
    table.changing("DELETE", "/entity/{id}/version/{versionNumber}", Scope.DELETE, this::delete);
    table.changing(
        "PUT", "/entity/{id}/version/{versionNumber}/filehandle", Scope.WRITE, this::relink);
  }

  private Reply list(Request request) {
    Node node = realm.node(request.id(), request.caller(), AccessType.READ);
    List<ObjectNode> versions = new ArrayList<>();
    for (Revision revision : node.revisions.descendingMap().values()) {
      versions.add(json.version(node, revision));
    }
    return Reply.json(
        200,
        Json.page(versions, request.query("offset", 0), request.query("limit", DEFAULT_LIMIT)));
  }

  private Reply get(Request request) {
    Node node = realm.node(request.id(), request.caller(), AccessType.READ);
    return Reply.json(
        200, json.entity(node, realm.revision(node, request.number("versionNumber"))));
  }

  private Reply delete(Request request) {
    Node node = realm.node(request.id(), request.caller(), AccessType.DELETE);
    Revision revision = realm.revision(node, request.number("versionNumber"));
    if (node.revisions.size() == 1) {
      throw Refusals.badRequest("Cannot delete the last version of entity " + node.id);
    }
    node.revisions.remove(revision.number);
    node.touch(request.caller().userId(), realm.now());
    return Reply.empty(204).changed("entity", node.id, node.name);
  }

  /** Points a version at another handle of the same bytes. */
  private Reply relink(Request request) {
    Node node = realm.node(request.id(), request.caller(), AccessType.UPDATE);
    Revision revision = realm.revision(node, request.number("versionNumber"));
    ObjectNode given = request.body();
    String before = Json.required(given, "oldFileHandleId");
    String after = Json.required(given, "newFileHandleId");
    if (!revision.fileHandleId.equals(Optional.of(before))) {
      throw Refusals.of(
          412,
          "The provided oldFileHandleId ("
              + before
              + ") does not match the current file handle id");
    }
    FileHandle next = realm.handles.get(after);
    if (!next.createdBy().equals(request.caller().userId())) {
      throw Refusals.forbidden("You are not the creator of file handle " + after);
    }
    Optional<String> md5 = realm.fileOf(revision).flatMap(handle -> handle.content().md5());
    if (md5.isEmpty() || !md5.equals(next.content().md5())) {
      throw Refusals.of(412, "The MD5 of the new file handle does not match the current one");
    }
    revision.fileHandleId = Optional.of(next.id());
    node.touch(request.caller().userId(), realm.now());
    return Reply.empty(200).changed("entity", node.id, node.name);
  }
}
