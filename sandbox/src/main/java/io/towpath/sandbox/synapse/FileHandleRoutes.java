package io.towpath.sandbox.synapse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.http.Reply;
import io.towpath.sandbox.s3.ObjectStore.Stored;
import java.net.MalformedURLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** File handles: in-place registration, external URLs, copies and the dangerous delete. */
final class FileHandleRoutes {
  /** What a missing name or content type becomes. */
  static final String NOT_SET = "NOT_SET";

  private static final Pattern MD5 = Pattern.compile("[0-9a-fA-F]{32}");
  private final Realm realm;
  private final Downloads downloads;

  FileHandleRoutes(Realm realm) {
    this.realm = realm;
    this.downloads = new Downloads(realm);
  }

  void register(RouteTable table) {
    table.get("/fileHandle/{handleId}", Scope.VIEW, r -> Reply.json(200, own(r).json()));
    table.changing("DELETE", "/fileHandle/{handleId}", Scope.DELETE, this::delete);
    table.changing("POST", "/externalFileHandle", Scope.WRITE, this::external);
    table.changing("POST", "/externalFileHandle/s3", Scope.WRITE, this::externalS3);
    table.changing("POST", "/filehandles/copy", Scope.WRITE, this::copyAll);
    table.changing("POST", "/fileHandle/{handleIdToCopyFrom}/copy", Scope.WRITE, this::copyOwn);
  }

  private FileHandle own(Request request) {
    return realm.handles.getOwn(request.call().variable("handleId"), request.caller());
  }

  /** Deletes the handle, and the S3 object too when at most one other handle points at it. */
  private Reply delete(Request request) {
    FileHandle handle = own(request);
    boolean linked =
        realm.tree.all().stream()
            .flatMap(node -> node.revisions.values().stream())
            .anyMatch(revision -> revision.fileHandleId.equals(Optional.of(handle.id())));
    if (linked) {
      throw Refusals.conflict("The file handle is linked to an object: " + handle.id());
    }
    realm.handles.remove(handle.id());
    handle
        .place()
        .object()
        .filter(object -> realm.handles.references(object) <= 1)
        .ifPresent(object -> realm.store.delete(object.bucket(), object.key()));
    return Reply.empty(200).changed("fileHandle", handle.id(), name(handle));
  }

  private static String name(FileHandle handle) {
    return handle.content().fileName().orElse("");
  }

  private Reply external(Request request) {
    ObjectNode given = request.body();
    String url = Json.required(given, "externalURL");
    try {
      new java.net.URL(url);
    } catch (MalformedURLException malformed) {
      throw Refusals.badRequest("The ExternalURL is malformed: " + malformed.getMessage());
    }
    OptionalLong location = Json.number(given, "storageLocationId");
    if (location.isPresent() && realm.locations.get(location.getAsLong()).stsEnabled()) {
      throw Refusals.badRequest(
          "ExternalFileHandle cannot be created in an STS-enabled storage location");
    }
    FileHandle.Place place = new FileHandle.Place(Optional.empty(), Optional.of(url), location);
    return answer(request, content(given, Json.number(given, "contentSize")), place);
  }

  private Reply answer(Request request, FileHandle.Content content, FileHandle.Place place) {
    FileHandle handle = realm.handles.add(request.caller().userId(), realm.now(), content, place);
    return Reply.json(200, handle.json()).changed("fileHandle", handle.id(), name(handle));
  }

  private static FileHandle.Content content(ObjectNode given, OptionalLong size) {
    return new FileHandle.Content(
        Optional.of(Json.text(given, "fileName").orElse(NOT_SET)),
        Optional.of(Json.text(given, "contentType").orElse(NOT_SET)),
        Json.text(given, "contentMd5"),
        size);
  }

  private Reply externalS3(Request request) {
    ObjectNode given = request.body();
    String bucket = Json.required(given, "bucketName");
    String key = Json.required(given, "key");
    String md5 = Json.required(given, "contentMd5");
    if (!MD5.matcher(md5).matches()) {
      throw Refusals.badRequest("FileHandle.contentMd5 must be a 32 character hexadecimal string");
    }
    long locationId =
        Json.number(given, "storageLocationId")
            .orElseThrow(() -> Refusals.badRequest("FileHandle.storageLocationId is required."));
    StorageLocation location = realm.locations.get(locationId);
    checkLocation(request.caller(), location, bucket, key);
    Stored stored =
        realm
            .store
            .head(bucket, key)
            .orElseThrow(
                () ->
                    Refusals.badRequest(
                        "Unable to access the file at bucket: " + bucket + " key: " + key + "."));
    OptionalLong asked = Json.number(given, "contentSize");
    OptionalLong size = asked.isPresent() ? asked : OptionalLong.of(stored.size());
    return answer(request, content(given, size), FileHandle.Place.s3(bucket, key, locationId));
  }

  private static void checkLocation(
      SynapseAccount caller, StorageLocation location, String bucket, String key) {
    if (!location.isExternalS3()) {
      throw Refusals.badRequest(
          "StorageLocationSetting.id="
              + location.id()
              + " was not of the expected type: "
              + "ExternalS3StorageLocationSetting");
    }
    if (!location.createdBy().equals(caller.userId())) {
      throw Refusals.forbidden(
          "Only the creator of ExternalS3StorageLocationSetting.id="
              + location.id()
              + " can create an external FileHandle with storageLocationId = "
              + location.id());
    }
    if (!Json.text(location.setting(), "bucket").equals(Optional.of(bucket))) {
      throw Refusals.badRequest(
          "The bucket for ExternalS3StorageLocationSetting.id="
              + location.id()
              + " does not match the provided bucket: "
              + bucket);
    }
    Optional<String> base = location.baseKey();
    if (location.stsEnabled() && base.isPresent() && !key.startsWith(base.get())) {
      throw Refusals.badRequest(
          "The baseKey for ExternalS3StorageLocationSetting.id="
              + location.id()
              + " does not match the provided key: "
              + key);
    }
  }

  private Reply copyAll(Request request) {
    List<JsonNode> requests =
        Json.list(request.body(), "copyRequests")
            .orElseThrow(() -> Refusals.badRequest("copyRequests is required."));
    DownloadRoutes.requireFew(requests);
    ObjectNode json = Json.object();
    ArrayNode results = json.putArray("copyResults");
    Reply reply = Reply.empty(200);
    for (JsonNode one : requests) {
      ObjectNode original =
          Json.object(one, "originalFile")
              .orElseThrow(() -> Refusals.badRequest("originalFile is required."));
      ObjectNode result = results.addObject();
      Json.put(result, "originalFileHandleId", Json.text(original, "fileHandleId"));
      Optional<Downloads.Failure> failure = downloads.failure(request.caller(), original);
      if (failure.isPresent()) {
        result.put("failureCode", failure.get().name());
      } else {
        FileHandle copy = copy(request.caller(), original, one);
        result.set("newFileHandle", copy.json());
        reply = reply.changed("fileHandle", copy.id(), name(copy));
      }
    }
    Reply answer = Reply.json(200, json);
    return reply.touched().map(t -> answer.changed(t.type(), t.id(), t.name())).orElse(answer);
  }

  private FileHandle copy(SynapseAccount caller, JsonNode original, JsonNode changes) {
    FileHandle handle = realm.handles.get(Json.required(original, "fileHandleId"));
    return copyWith(
        caller, handle, Json.text(changes, "newFileName"), Json.text(changes, "newContentType"));
  }

  private FileHandle copyWith(
      SynapseAccount caller, FileHandle handle, Optional<String> name, Optional<String> type) {
    FileHandle.Content before = handle.content();
    FileHandle.Content content =
        new FileHandle.Content(
            name.or(before::fileName), type.or(before::contentType), before.md5(), before.size());
    return realm.handles.add(caller.userId(), realm.now(), content, handle.place());
  }

  /** The older copy of an own S3 handle, answered 201. */
  private Reply copyOwn(Request request) {
    FileHandle handle =
        realm.handles.getOwn(request.call().variable("handleIdToCopyFrom"), request.caller());
    ObjectNode given = request.body();
    FileHandle copy =
        copyWith(
            request.caller(),
            handle,
            Json.text(given, "fileName"),
            Json.text(given, "contentType"));
    return Reply.json(201, copy.json()).changed("fileHandle", copy.id(), name(copy));
  }
}
