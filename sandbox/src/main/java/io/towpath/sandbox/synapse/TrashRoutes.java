package io.towpath.sandbox.synapse;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.http.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The trash can: a trashed entity is named by its id and leaves its name free. */
final class TrashRoutes {
  private final Realm realm;

  TrashRoutes(Realm realm) {
    this.realm = realm;
  }

  void register(RouteTable table) {
    table.changing("DELETE", "/entity/{id}", Scope.DELETE, this::delete);
    table.changing("PUT", "/trashcan/trash/{id}", Scope.WRITE, r -> trash(r, Reply.empty(200)));
    table.changing("PUT", "/trashcan/restore/{id}", Scope.WRITE, this::restore);
    table.changing("PUT", "/trashcan/restore/{id}/{parentId}", Scope.WRITE, this::restore);
    table.changing("PUT", "/trashcan/purge/{id}", Scope.WRITE, this::purge);
    table.get("/trashcan/view", Scope.VIEW, this::view);
  }

  private Reply delete(Request request) {
    if (!request.flag("skipTrashCan", false)) {
      return trash(request, Reply.empty(204));
    }
    Node node = realm.existing(EntityIds.normal(request.id()));
    realm.require(node, request.caller(), AccessType.DELETE);
    realm.tree.remove(node);
    return Reply.empty(204).changed("entity", node.id, node.name);
  }

  private Reply trash(Request request, Reply done) {
    Node node = realm.existing(EntityIds.normal(request.id()));
    if (realm.tree.inTrash(node)) {
      return done;
    }
    realm.require(node, request.caller(), AccessType.DELETE);
    String name = node.name;
    node.trashed =
        Optional.of(new Node.Trashed(name, node.parentId, request.caller().userId(), realm.now()));
    realm.tree.move(node, EntityTree.TRASH, node.id);
    node.touch(request.caller().userId(), realm.now());
    return done.changed("entity", node.id, name);
  }

  private Node ownTrashed(Request request) {
    Node node = realm.existing(EntityIds.normal(request.id()));
    Node.Trashed trashed =
        node.trashed.orElseThrow(
            () -> Refusals.notFound("The entity " + node.id + " is not in the trash can."));
    if (!trashed.by().equals(request.caller().userId())) {
      throw Refusals.forbidden("Only the person who deleted " + node.id + " may do this.");
    }
    return node;
  }

  private Reply restore(Request request) {
    Node node = ownTrashed(request);
    Node.Trashed trashed = node.trashed.orElseThrow();
    String parentId =
        Optional.ofNullable(request.call().variables().get("parentId"))
            .map(EntityIds::normal)
            .orElse(trashed.parentId());
    if (!parentId.equals(EntityTree.ROOT)) {
      Node parent = realm.node(parentId, request.caller(), AccessType.CREATE);
      if (realm.tree.path(parent).contains(node)) {
        throw Refusals.badRequest("Entity " + node.id + " cannot be moved into itself");
      }
    }
    Places places = new Places(realm);
    places.requireFree(parentId, trashed.name());
    places.requireRoom(parentId);
    realm.tree.move(node, parentId, trashed.name());
    node.trashed = Optional.empty();
    node.touch(request.caller().userId(), realm.now());
    return Reply.empty(200).changed("entity", node.id, node.name);
  }

  private Reply purge(Request request) {
    Node node = ownTrashed(request);
    realm.tree.remove(node);
    return Reply.empty(200).changed("entity", node.id, node.name);
  }

  private Reply view(Request request) {
    List<ObjectNode> found = new ArrayList<>();
    for (Node node : realm.tree.childrenOf(EntityTree.TRASH)) {
      Node.Trashed trashed = node.trashed.orElseThrow();
      if (trashed.by().equals(request.caller().userId())) {
        ObjectNode item = Json.object();
        item.put("entityId", node.id);
        item.put("entityName", trashed.name());
        item.put("entityType", node.type.shortName());
        item.put("deletedByPrincipalId", trashed.by());
        item.put("deletedOn", Json.date(trashed.on()));
        item.put("originalParentId", trashed.parentId());
        found.add(item);
      }
    }
    return Reply.json(
        200, Json.page(found, request.query("offset", 0), request.query("limit", 10)));
  }
}
