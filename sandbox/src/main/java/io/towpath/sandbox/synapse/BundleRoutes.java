package io.towpath.sandbox.synapse;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.http.Reply;
import java.util.Optional;

/** Bundles: everything about an entity in one call, written in one transaction. */
final class BundleRoutes {
  private final Realm realm;
  private final EntityJson json;
  private final EntityWriter writer;

  BundleRoutes(Realm realm) {
    this.realm = realm;
    this.json = new EntityJson(realm);
    this.writer = new EntityWriter(realm);
  }

  void register(RouteTable table) {
    table.reading("POST", "/entity/{id}/bundle2", Scope.VIEW, this::get);
    table.reading("POST", "/entity/{id}/version/{versionNumber}/bundle2", Scope.VIEW, this::get);
    table.changing("POST", "/entity/bundle2/create", Scope.WRITE, this::create);
    table.changing("PUT", "/entity/{id}/bundle2", Scope.WRITE, this::update);
  }

  private Reply get(Request request) {
    Node node = realm.node(request.id(), request.caller(), AccessType.READ);
    Revision revision =
        request.call().variables().containsKey("versionNumber")
            ? realm.revision(node, request.number("versionNumber"))
            : node.current();
    ObjectNode wanted = request.body();
    ObjectNode bundle = Json.object().put("entityType", node.type.shortName());
    addMetadata(bundle, wanted, node, revision);
    addSurroundings(bundle, wanted, node, request.caller());
    addFiles(bundle, wanted, node, revision, request.caller());
    return Reply.json(200, bundle);
  }

  private void addMetadata(ObjectNode bundle, ObjectNode wanted, Node node, Revision revision) {
    if (Json.flag(wanted, "includeEntity")) {
      bundle.set("entity", json.entity(node, revision));
    }
    if (Json.flag(wanted, "includeAnnotations")) {
      bundle.set("annotations", json.annotations(node, revision));
    }
    if (Json.flag(wanted, "includeActivity")) {
      revision.activityId.ifPresent(id -> bundle.set("activity", realm.activities.get(id).json()));
    }
    if (Json.flag(wanted, "includeRestrictionInformation")) {
      bundle.set("restrictionInformation", restrictions(node));
    }
  }

  private void addSurroundings(
      ObjectNode bundle, ObjectNode wanted, Node node, SynapseAccount caller) {
    if (Json.flag(wanted, "includePermissions")) {
      bundle.set("permissions", json.permissions(node, caller));
    }
    if (Json.flag(wanted, "includeEntityPath")) {
      bundle.set("path", json.path(node));
    }
    if (Json.flag(wanted, "includeHasChildren")) {
      bundle.put("hasChildren", !realm.listing(node.id, caller).isEmpty());
    }
    if (Json.flag(wanted, "includeAccessControlList") && node.type == EntityType.PROJECT) {
      bundle.set("accessControlList", json.accessList(node));
    }
    if (Json.flag(wanted, "includeBenefactorACL")) {
      bundle.set("benefactorAcl", json.accessList(realm.tree.benefactor(node)));
    }
    if (Json.flag(wanted, "includeThreadCount")) {
      bundle.put("threadCount", 0);
    }
  }

  private void addFiles(
      ObjectNode bundle, ObjectNode wanted, Node node, Revision revision, SynapseAccount caller) {
    boolean handles = Json.flag(wanted, "includeFileHandles");
    Optional<FileHandle> file = realm.fileOf(revision);
    if (handles) {
      ArrayNode list = bundle.putArray("fileHandles");
      file.filter(handle -> realm.allowed(node, caller, AccessType.DOWNLOAD))
          .ifPresent(handle -> list.add(handle.json()));
    }
    if (Json.flag(wanted, "includeFileName")) {
      Json.put(bundle, "fileName", file.flatMap(handle -> handle.content().fileName()));
    }
  }

  static ObjectNode restrictions(Node node) {
    ObjectNode answer = Json.object();
    answer.put("objectId", EntityIds.number(node.id));
    answer.put("restrictionLevel", "OPEN");
    answer.put("hasUnmetAccessRequirement", false);
    answer.putArray("restrictionDetails");
    return answer;
  }

  private Reply create(Request request) {
    ObjectNode given = request.body();
    ObjectNode entity =
        Json.object(given, "entity")
            .orElseThrow(() -> Refusals.badRequest("EntityBundleCreate.entity is required."));
    Optional<ObjectNode> annotations = checkedAnnotations(given);
    Node node =
        writer.create(
            request.caller(), entity, request.text("generatedBy"), request.call().hideFor());
    annotations.ifPresent(values -> node.current().annotations = values);
    return Reply.json(201, written(node, annotations)).changed("entity", node.id, node.name);
  }

  private static Optional<ObjectNode> checkedAnnotations(ObjectNode given) {
    return Json.object(given, "annotations")
        .map(a -> Json.object(a, "annotations").orElseGet(Json::object))
        .map(AnnotationRules::checked);
  }

  private Reply update(Request request) {
    ObjectNode given = request.body();
    Node node = realm.node(request.id(), request.caller(), AccessType.UPDATE);
    Optional<ObjectNode> entity = Json.object(given, "entity");
    Optional<ObjectNode> merged = mergedAnnotations(node, given);
    Optional<String> activityId = request.text("generatedBy");
    if (entity.isPresent()) {
      requireId(entity.get(), node);
      writer.update(request.caller(), node.id, entity.get(), false, activityId);
    } else {
      writer.requireActivity(activityId);
    }
    merged.ifPresent(values -> node.current().annotations = values);
    if (entity.isEmpty()) {
      activityId.ifPresent(id -> node.current().activityId = Optional.of(id));
    }
    boolean changed = entity.isPresent() || merged.isPresent() || activityId.isPresent();
    if (changed) {
      node.touch(request.caller().userId(), realm.now());
    }
    Reply reply = Reply.json(200, written(node, merged));
    return changed ? reply.changed("entity", node.id, node.name) : reply;
  }

  private static void requireId(ObjectNode entity, Node node) {
    Optional<String> id = Json.text(entity, "id").map(EntityIds::normal);
    if (!id.equals(Optional.of(node.id))) {
      throw Refusals.badRequest("Entity does not match requested entity ID");
    }
  }

  /** What the annotations will be: the old ones with the given ones put over them. */
  private static Optional<ObjectNode> mergedAnnotations(Node node, ObjectNode given) {
    Optional<ObjectNode> part = Json.object(given, "annotations");
    if (part.isEmpty()) {
      return Optional.empty();
    }
    Optional<String> id = Json.text(part.get(), "id").map(EntityIds::normal);
    if (!id.equals(Optional.of(node.id))) {
      throw Refusals.badRequest("Annotations do not match requested entity ID");
    }
    ObjectNode merged = node.current().annotations.deepCopy();
    merged.setAll(checkedAnnotations(given).orElseGet(Json::object));
    AnnotationRules.checkCount(merged);
    return Optional.of(merged);
  }

  private ObjectNode written(Node node, Optional<ObjectNode> annotations) {
    ObjectNode bundle = Json.object().put("entityType", node.type.shortName());
    bundle.set("entity", json.entity(node, node.current()));
    annotations.ifPresent(a -> bundle.set("annotations", json.annotations(node, node.current())));
    node.current()
        .activityId
        .ifPresent(id -> bundle.set("activity", realm.activities.get(id).json()));
    return bundle;
  }
}
