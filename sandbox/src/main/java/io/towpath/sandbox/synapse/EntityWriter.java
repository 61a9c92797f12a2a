package io.towpath.sandbox.synapse;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Optional;

/** Creates and updates entities: everything is checked before anything changes. */
final class EntityWriter {
  private static final int MAX_VERSIONS = 15_000;
  private final Realm realm;
  private final Places places;

  EntityWriter(Realm realm) {
    this.realm = realm;
    this.places = new Places(realm);
  }

  /** Makes the entity, with provenance when an activity is named. */
  Node create(
      SynapseAccount caller, ObjectNode given, Optional<String> activityId, Duration hideFor) {
    EntityType type = type(given);
    Optional<Node> parent = places.parentForCreate(caller, type, given);
    String parentId = parent.map(node -> node.id).orElse(EntityTree.ROOT);
    Optional<String> name = Json.text(given, "name").map(NameRules::checked);
    name.ifPresent(n -> places.requireFree(parentId, n));
    Optional<String> description =
        Json.text(given, "description").map(NameRules::checkedDescription);
    places.requireRoom(parentId);
    Optional<FileHandle> file = file(caller, type, given);
    file.ifPresent(handle -> places.requireLocation(parent, handle));
    requireActivity(activityId);
    ObjectNode own = OwnFields.of(type, given, Json.object());
    places.requireFreeAlias(own, "");

    String id = realm.tree.nextId();
    Node node = new Node(id, type, name.orElse(id), parentId, caller.userId(), realm.now());
    node.description = description;
    node.own = own;
    node.visibleFrom = realm.now().plus(hideFor);
    Revision first = node.current();
    first.fileHandleId = file.map(FileHandle::id);
    first.activityId = activityId;
    if (type.isVersionable()) {
      first.label = Json.text(given, "versionLabel").orElse(first.label);
      first.comment = Json.text(given, "versionComment");
    }
    realm.tree.add(node);
    return node;
  }

  /** Applies a full entity, which must carry the current etag. */
  Node update(
      SynapseAccount caller, String id, ObjectNode given, boolean wanted, Optional<String> by) {
    Node node = realm.node(id, caller, AccessType.UPDATE);
    requireSame(node, given);
    String name = Json.text(given, "name").map(NameRules::checked).orElse(node.name);
    String parentId = places.parentForMove(caller, node, given);
    if (!name.equals(node.name) || !parentId.equals(node.parentId)) {
      places.requireFree(parentId, name);
    }
    Optional<String> description =
        Json.text(given, "description").map(NameRules::checkedDescription);
    Optional<FileHandle> file = updatedFile(caller, node, given);
    requireActivity(by);
    ObjectNode own = OwnFields.of(node.type, given, node.own);
    places.requireFreeAlias(own, node.id);
    VersionPlan plan = VersionPlan.of(node, given, wanted, contentChanged(node, file));
    if (plan.newVersion() && node.revisions.size() >= MAX_VERSIONS) {
      throw Refusals.badRequest(
          "Limit of " + MAX_VERSIONS + " versions exceeded for entity: " + node.id);
    }

    Revision revision =
        plan.newVersion() ? node.addRevision(caller.userId(), realm.now()) : node.current();
    plan.apply(revision);
    revision.fileHandleId = file.map(FileHandle::id);
    if (by.isPresent()) {
      revision.activityId = by;
    }
    node.description = description;
    node.own = own;
    realm.tree.move(node, parentId, name);
    node.touch(caller.userId(), realm.now());
    return node;
  }

  private static EntityType type(ObjectNode given) {
    String concreteType = Json.required(given, "concreteType");
    return EntityType.ofConcreteType(concreteType)
        .orElseThrow(
            () ->
                Refusals.badRequest(
                    "Unknown implementation of: org.sagebionetworks.repo.model.Entity, "
                        + concreteType));
  }

  private static void requireSame(Node node, ObjectNode given) {
    Json.text(given, "id")
        .map(EntityIds::normal)
        .filter(id -> !id.equals(node.id))
        .ifPresent(
            id -> {
              throw Refusals.badRequest("The id in the path does not match the id in the body.");
            });
    if (type(given) != node.type) {
      throw Refusals.badRequest("Cannot change the type of an entity: " + node.id);
    }
    String etag =
        Json.text(given, "etag")
            .orElseThrow(() -> Refusals.badRequest("Cannot update an Entity with a null etag."));
    if (!etag.equals(node.etag)) {
      throw Refusals.stale(node.id);
    }
  }

  private Optional<FileHandle> file(SynapseAccount caller, EntityType type, ObjectNode given) {
    if (type != EntityType.FILE) {
      return Optional.empty();
    }
    if (Json.text(given, "fileNameOverride").isPresent()) {
      throw Refusals.badRequest("fileNameOverride field is deprecated and should not be set.");
    }
    String id =
        Json.text(given, "dataFileHandleId")
            .orElseThrow(() -> Refusals.badRequest("FileEntity.dataFileHandleId cannot be null"));
    FileHandle handle = realm.handles.get(id);
    if (!handle.createdBy().equals(caller.userId())) {
      throw Refusals.forbidden("You are not the creator of file handle " + id);
    }
    return Optional.of(handle);
  }

  private Optional<FileHandle> updatedFile(SynapseAccount caller, Node node, ObjectNode given) {
    Optional<String> id = Json.text(given, "dataFileHandleId");
    if (id.isPresent() && id.equals(node.current().fileHandleId)) {
      if (Json.text(given, "fileNameOverride").isPresent()) {
        throw Refusals.badRequest("fileNameOverride field is deprecated and should not be set.");
      }
      return realm.fileOf(node.current());
    }
    Optional<FileHandle> file = file(caller, node.type, given);
    file.ifPresent(handle -> places.requireLocation(realm.tree.find(node.parentId), handle));
    return file;
  }

  /** Whether the other handle has, or may have, other bytes. */
  private boolean contentChanged(Node node, Optional<FileHandle> file) {
    Optional<String> id = file.map(FileHandle::id);
    if (id.equals(node.current().fileHandleId)) {
      return false;
    }
    Optional<String> before = realm.fileOf(node.current()).flatMap(h -> h.content().md5());
    Optional<String> after = file.flatMap(handle -> handle.content().md5());
    return before.isEmpty() || !before.equals(after);
  }

  void requireActivity(Optional<String> id) {
    id.ifPresent(realm.activities::get);
  }
}
