package io.towpath.sandbox.synapse;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Writes entities, headers and version records. */
final class EntityJson {
  private final Realm realm;

  EntityJson(Realm realm) {
    this.realm = realm;
  }

  ObjectNode entity(Node node, Revision revision) {
    ObjectNode json = Json.object();
    json.put("name", node.name);
    Json.put(json, "description", node.description);
    json.put("id", node.id);
    json.put("etag", node.etag);
    json.put("createdOn", Json.date(node.createdOn));
    json.put("modifiedOn", Json.date(revision.modifiedOn));
    json.put("createdBy", node.createdBy);
    json.put("modifiedBy", node.isCurrent(revision) ? node.modifiedBy : revision.modifiedBy);
    json.put("parentId", node.parentId);
    json.put("concreteType", node.type.concreteType());
    if (node.type.isVersionable()) {
      json.put("versionNumber", revision.number);
      json.put("versionLabel", revision.label);
      Json.put(json, "versionComment", revision.comment);
      json.put("isLatestVersion", node.isCurrent(revision));
      Json.put(json, "dataFileHandleId", revision.fileHandleId);
    }
    json.setAll(node.own);
    if (node.type == EntityType.DATASET) {
      json.put("count", node.own.path("items").size());
    }
    return json;
  }

  ObjectNode header(Node node, Revision revision) {
    ObjectNode json = Json.object();
    json.put("name", node.name);
    json.put("id", node.id);
    json.put("type", node.type.concreteType());
    json.put("versionNumber", revision.number);
    json.put("versionLabel", revision.label);
    json.put("isLatestVersion", node.isCurrent(revision));
    json.put("benefactorId", EntityIds.number(realm.tree.benefactor(node).id));
    json.put("createdOn", Json.date(node.createdOn));
    json.put("modifiedOn", Json.date(node.modifiedOn));
    json.put("createdBy", node.createdBy);
    json.put("modifiedBy", node.modifiedBy);
    return json;
  }

  ObjectNode version(Node node, Revision revision) {
    ObjectNode json = Json.object();
    json.put("id", node.id);
    json.put("versionNumber", revision.number);
    json.put("versionLabel", revision.label);
    Json.put(json, "versionComment", revision.comment);
    json.put("isLatestVersion", node.isCurrent(revision));
    json.put("modifiedBy", revision.modifiedBy);
    json.put("modifiedByPrincipalId", revision.modifiedBy);
    json.put("modifiedOn", Json.date(revision.modifiedOn));
    realm
        .fileOf(revision)
        .ifPresent(
            handle -> {
              json.put("fileHandleId", handle.id());
              Json.put(json, "contentMd5", handle.content().md5());
              handle.content().size().ifPresent(n -> json.put("contentSize", Long.toString(n)));
            });
    return json;
  }

  /** The path from the root folder down, as the web client draws its breadcrumbs. */
  ObjectNode path(Node node) {
    ObjectNode json = Json.object();
    ArrayNode path = json.putArray("path");
    ObjectNode root = path.addObject();
    root.put("name", "root");
    root.put("id", EntityTree.ROOT);
    root.put("type", EntityType.FOLDER.concreteType());
    for (Node ancestor : realm.tree.path(node)) {
      path.add(header(ancestor, ancestor.current()));
    }
    return json;
  }

  ObjectNode annotations(Node node, Revision revision) {
    ObjectNode json = Json.object();
    json.put("id", node.id);
    json.put("etag", node.etag);
    json.set("annotations", revision.annotations.deepCopy());
    return json;
  }

  ObjectNode permissions(Node node, SynapseAccount caller) {
    boolean owner = realm.allowed(node, caller, AccessType.UPDATE);
    ObjectNode json = Json.object();
    json.put("canView", realm.allowed(node, caller, AccessType.READ));
    for (String right :
        List.of(
            "canEdit",
            "canMove",
            "canAddChild",
            "canCertifiedUserEdit",
            "canCertifiedUserAddChild",
            "canChangePermissions",
            "canChangeSettings",
            "canDelete",
            "canUpload",
            "canEnableInheritance",
            "canModerate")) {
      json.put(right, owner);
    }
    json.put("canEnableInheritance", false);
    json.put("canDownload", realm.allowed(node, caller, AccessType.DOWNLOAD));
    json.put("isCertifiedUser", caller.certified());
    json.put("isCertificationRequired", true);
    json.put("canPublicRead", false);
    json.put("isEntityOpenData", false);
    json.put("isDataContributor", true);
    json.put("ownerPrincipalId", Long.parseLong(node.createdBy));
    return json;
  }

  /** The access list of the entity's project: everything for its owner. */
  ObjectNode accessList(Node benefactor) {
    ObjectNode json = Json.object();
    json.put("id", benefactor.id);
    json.put("etag", benefactor.etag);
    json.put("createdBy", benefactor.createdBy);
    json.put("creationDate", Json.date(benefactor.createdOn));
    json.put("modifiedBy", benefactor.createdBy);
    json.put("modifiedOn", Json.date(benefactor.createdOn));
    ObjectNode owner = json.putArray("resourceAccess").addObject();
    owner.put("principalId", Long.parseLong(benefactor.createdBy));
    ArrayNode types = owner.putArray("accessType");
    List.of(
            AccessType.READ,
            AccessType.CREATE,
            AccessType.UPDATE,
            AccessType.DELETE,
            AccessType.CHANGE_PERMISSIONS,
            AccessType.CHANGE_SETTINGS,
            AccessType.MODERATE,
            AccessType.DOWNLOAD)
        .forEach(type -> types.add(type.name()));
    return json;
  }
}
