package io.towpath.sandbox.synapse;

import com.fasterxml.jackson.databind.JsonNode;
import io.towpath.sandbox.http.ReplyException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Who may read which file, and the URL for it. */
final class Downloads {
  /** Why one file of a batch is refused. */
  enum Failure {
    NOT_FOUND,
    UNAUTHORIZED
  }

  private final Realm realm;

  Downloads(Realm realm) {
    this.realm = realm;
  }

  /** Why this caller may not read the file by way of the object that it belongs to, if so. */
  Optional<Failure> failure(SynapseAccount caller, JsonNode association) {
    Optional<FileHandle> handle =
        Json.text(association, "fileHandleId").flatMap(realm.handles::find);
    if (handle.isEmpty()) {
      return Optional.of(Failure.NOT_FOUND);
    }
    if (handle.get().createdBy().equals(caller.userId()) || associated(caller, association)) {
      return Optional.empty();
    }
    return Optional.of(Failure.UNAUTHORIZED);
  }

  private boolean associated(SynapseAccount caller, JsonNode association) {
    String type = Json.text(association, "associateObjectType").orElse("FileEntity");
    Optional<String> objectId = Json.text(association, "associateObjectId");
    if (objectId.isEmpty() || !type.equals("FileEntity")) {
      return false;
    }
    Optional<String> handleId = Json.text(association, "fileHandleId");
    return find(objectId.get())
        .filter(node -> !realm.tree.inTrash(node))
        .filter(node -> realm.allowed(node, caller, AccessType.DOWNLOAD))
        .filter(
            node -> node.revisions.values().stream().anyMatch(r -> r.fileHandleId.equals(handleId)))
        .isPresent();
  }

  private Optional<Node> find(String objectId) {
    try {
      return realm.tree.find(EntityIds.normal(objectId));
    } catch (ReplyException notAnId) {
      return Optional.empty();
    }
  }

  /** The handle, or the refusal of services that read a single file. */
  FileHandle require(SynapseAccount caller, JsonNode association) {
    String id = Json.required(association, "fileHandleId");
    Optional<Failure> failure = failure(caller, association);
    if (failure.equals(Optional.of(Failure.UNAUTHORIZED))) {
      throw Refusals.forbidden(
          "The user does not have access to file handle " + id + " through the given object");
    }
    return realm.handles.get(id);
  }

  /** A URL that works for 30 seconds, or the external one. */
  String url(FileHandle handle) {
    return handle
        .place()
        .object()
        .map(object -> sign(handle, object))
        .or(() -> handle.place().url())
        .orElseThrow();
  }

  private String sign(FileHandle handle, FileHandle.S3Object object) {
    Map<String, String> overrides = new TreeMap<>();
    handle
        .content()
        .fileName()
        .ifPresent(
            name ->
                overrides.put(
                    "response-content-disposition",
                    "attachment; filename=\"" + name.replace("\"", "") + "\""));
    handle
        .content()
        .contentType()
        .filter(type -> !type.equals(FileHandleRoutes.NOT_SET))
        .ifPresent(type -> overrides.put("response-content-type", type));
    return realm.presigner.sign("GET", object, Presigner.DOWNLOAD_LIFE, overrides, Map.of());
  }
}
