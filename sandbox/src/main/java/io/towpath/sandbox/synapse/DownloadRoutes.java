package io.towpath.sandbox.synapse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.http.Reply;
import java.util.List;
import java.util.Optional;

/** The ways to a file's bytes: batches, redirects and plain URLs. */
final class DownloadRoutes {
  private static final int MAX_BATCH = 100;
  private final Realm realm;
  private final Downloads downloads;

  DownloadRoutes(Realm realm) {
    this.realm = realm;
    this.downloads = new Downloads(realm);
  }

  void register(RouteTable table) {
    table.reading("POST", "/fileHandle/batch", Scope.DOWNLOAD, this::batch);
    table.get("/fileHandle/{handleId}/url", Scope.DOWNLOAD, this::urlOfOwn);
    table.get("/file/{id}", Scope.DOWNLOAD, this::urlOfAssociated);
    table.get("/entity/{id}/file", Scope.DOWNLOAD, this::urlOfEntity);
    table.get("/entity/{id}/version/{versionNumber}/file", Scope.DOWNLOAD, this::urlOfVersion);
  }

  private Reply batch(Request request) {
    ObjectNode given = request.body();
    List<JsonNode> files =
        Json.list(given, "requestedFiles")
            .orElseThrow(() -> Refusals.badRequest("requestedFiles is required."));
    boolean handles = Json.flag(given, "includeFileHandles");
    boolean urls = Json.flag(given, "includePreSignedURLs");
    if (!handles && !urls && !Json.flag(given, "includePreviewPreSignedURLs")) {
      throw Refusals.badRequest(
          "At least one of the include flags must be set to true:"
              + " includeFileHandles, includePreSignedURLs, includePreviewPreSignedURLs");
    }
    requireFew(files);
    ObjectNode json = Json.object();
    ArrayNode results = json.putArray("requestedFiles");
    for (JsonNode file : files) {
      ObjectNode result = results.addObject();
      Json.put(result, "fileHandleId", Json.text(file, "fileHandleId"));
      Optional<Downloads.Failure> failure = downloads.failure(request.caller(), file);
      if (failure.isPresent()) {
        result.put("failureCode", failure.get().name());
        continue;
      }
      FileHandle handle = realm.handles.get(Json.required(file, "fileHandleId"));
      if (handles) {
        result.set("fileHandle", handle.json());
      }
      if (urls) {
        result.put("preSignedURL", downloads.url(handle));
      }
    }
    return Reply.json(201, json);
  }

  static void requireFew(List<JsonNode> items) {
    if (items.isEmpty()) {
      throw Refusals.badRequest("The request must contain at least one file");
    }
    if (items.size() > MAX_BATCH) {
      throw Refusals.badRequest(
          "Request exceeds the maximum number of objects per request: " + MAX_BATCH);
    }
  }

  private Reply urlOfOwn(Request request) {
    FileHandle handle = realm.handles.getOwn(request.call().variable("handleId"), request.caller());
    return redirect(request, handle);
  }

  private Reply urlOfAssociated(Request request) {
    ObjectNode association = Json.object().put("fileHandleId", request.id());
    Json.put(association, "associateObjectId", required(request, "fileAssociateId"));
    Json.put(association, "associateObjectType", required(request, "fileAssociateType"));
    return redirect(request, downloads.require(request.caller(), association));
  }

  private static Optional<String> required(Request request, String name) {
    Optional<String> value = request.text(name);
    if (value.isEmpty()) {
      throw Refusals.badRequest("Required parameter '" + name + "' is not present.");
    }
    return value;
  }

  private Reply urlOfEntity(Request request) {
    Node node = realm.node(request.id(), request.caller(), AccessType.DOWNLOAD);
    return redirect(request, file(node, node.current()));
  }

  private Reply urlOfVersion(Request request) {
    Node node = realm.node(request.id(), request.caller(), AccessType.DOWNLOAD);
    return redirect(request, file(node, realm.revision(node, request.number("versionNumber"))));
  }

  private FileHandle file(Node node, Revision revision) {
    return realm
        .fileOf(revision)
        .orElseThrow(() -> Refusals.notFound("No file handle for entity " + node.id));
  }

  private Reply redirect(Request request, FileHandle handle) {
    String url = downloads.url(handle);
    return request.flag("redirect", true)
        ? Reply.empty(307).with("Location", url)
        : Reply.text(200, "text/plain;charset=utf-8", url);
  }
}
