package io.towpath.sandbox.synapse;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** Where an entity may lie: parents, unique names, limits, storage of the folder. */
final class Places {
  private final Realm realm;

  Places(Realm realm) {
    this.realm = realm;
  }

  /** The container for a new entity; empty for a project. */
  Optional<Node> parentForCreate(SynapseAccount caller, EntityType type, ObjectNode given) {
    if (caller.isAnonymous()) {
      throw Refusals.forbidden("Anonymous user is not allowed to make changes.");
    }
    Optional<String> parentId = Json.text(given, "parentId").map(EntityIds::normal);
    if (type == EntityType.PROJECT) {
      parentId
          .filter(id -> !id.equals(EntityTree.ROOT))
          .ifPresent(
              id -> {
                throw Refusals.badRequest("A project's parent must be the root: " + id);
              });
      return Optional.empty();
    }
    if (!caller.certified()) {
      throw Refusals.forbidden("Only certified users may create or update content in Synapse.");
    }
    String id = parentId.orElse(EntityTree.ROOT);
    if (id.equals(EntityTree.ROOT)) {
      throw Refusals.forbidden("You lack CREATE access to the requested entity.");
    }
    return Optional.of(container(caller, id));
  }

  private Node container(SynapseAccount caller, String id) {
    Node parent = realm.existing(id);
    if (realm.tree.inTrash(parent)) {
      throw Refusals.forbidden("Entity " + id + " is in trash can.");
    }
    realm.require(parent, caller, AccessType.CREATE);
    if (!parent.type.isContainer()) {
      throw Refusals.badRequest(
          "Entity type: " + parent.type.shortName() + " cannot have children");
    }
    if (realm.tree.path(parent).size() + 1 > EntityTree.MAX_DEPTH) {
      throw Refusals.badRequest(
          "Cannot create or move entity: exceeded depth limit of " + EntityTree.MAX_DEPTH);
    }
    return parent;
  }

  String parentForMove(SynapseAccount caller, Node node, ObjectNode given) {
    String parentId = Json.text(given, "parentId").map(EntityIds::normal).orElse(node.parentId);
    if (parentId.equals(node.parentId)) {
      return parentId;
    }
    if (node.type == EntityType.PROJECT) {
      throw Refusals.badRequest("A project cannot be moved: " + node.id);
    }
    Node parent = container(caller, parentId);
    if (realm.tree.path(parent).contains(node)) {
      throw Refusals.badRequest("Entity " + node.id + " cannot be moved into itself");
    }
    requireRoom(parentId);
    return parentId;
  }

  void requireFree(String parentId, String name) {
    if (realm.tree.child(parentId, name).isPresent()) {
      throw Refusals.conflict(
          "An entity with the name: " + name + " already exists with a parentId: " + parentId);
    }
  }

  void requireRoom(String parentId) {
    boolean full = realm.tree.childCount(parentId) >= EntityTree.MAX_CHILDREN;
    if (!parentId.equals(EntityTree.ROOT) && full) {
      throw Refusals.badRequest(
          "Limit of " + EntityTree.MAX_CHILDREN + " children exceeded for parent: " + parentId);
    }
  }

  void requireFreeAlias(ObjectNode own, String ownId) {
    Optional<String> alias = Json.text(own, "alias");
    boolean taken =
        alias.isPresent()
            && realm.tree.all().stream()
                .filter(node -> !node.id.equals(ownId))
                .anyMatch(node -> Json.text(node.own, "alias").equals(alias));
    if (taken) {
      throw Refusals.conflict("The project alias already exists: " + alias.orElse(""));
    }
  }

  /** STS-enabled locations and folders belong together: no file of one outside the other. */
  void requireLocation(Optional<Node> parent, FileHandle handle) {
    Optional<StorageLocation> ofFolder =
        parent.flatMap(node -> realm.projectSettings.stsLocation(realm, node));
    Optional<StorageLocation> ofHandle =
        handle.place().storageLocationId().isPresent()
            ? realm.locations.find(handle.place().storageLocationId().getAsLong())
            : Optional.empty();
    Optional<StorageLocation> stsHandle = ofHandle.filter(StorageLocation::stsEnabled);
    boolean same = ofFolder.map(StorageLocation::id).equals(stsHandle.map(StorageLocation::id));
    if (!same && ofFolder.isPresent()) {
      throw Refusals.badRequest(
          "Folders with STS-enabled storage locations can only accept files with the same storage"
              + " location");
    }
    if (!same) {
      throw Refusals.badRequest(
          "Files in STS-enabled storage locations can only be placed in folders with the same"
              + " storage location");
    }
  }
}
