package io.towpath.activities.synapse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.activities.http.ApiAccount;
import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.failure.FailureKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;

/**
 * One method per endpoint of Synapse's REST API, <a
 * href="https://rest-docs.synapse.org/rest/">rest-docs.synapse.org</a>. It has no method that
 * deletes anything.
 */
final class SynapseClient {
  /** Entities that are under one parent share its names, whatever their type. */
  private static final String[] ALL_TYPES = {
    "project",
    "folder",
    "file",
    "table",
    "link",
    "entityview",
    "dockerrepo",
    "submissionview",
    "dataset",
    "datasetcollection",
    "materializedview",
    "virtualtable"
  };

  /** What is asked of a user's bundle. */
  private static final String CERTIFIED = "8";

  private final SynapseApi api;

  SynapseClient(OkHttpClient http, String name, SynapseConnection connection) {
    this.api = new SynapseApi(http, name, connection);
  }

  /** The account, for the adapter that resolves DRS ids under it. */
  ApiAccount account() {
    return api.account();
  }

  /** {@code GET /userProfile}: who the token stands for. */
  JsonNode userProfile() {
    return api.get(api.repo("userProfile").build());
  }

  /** {@code GET /user/{id}/bundle}: of a user, whether certified. */
  boolean certified(String userId) {
    HttpUrl.Builder url = api.repo("user").addPathSegment(userId).addPathSegment("bundle");
    return api.get(url.addQueryParameter("mask", CERTIFIED).build())
        .path("isCertified")
        .asBoolean();
  }

  /** {@code GET /entity/{id}}. */
  JsonNode entity(String id) {
    return api.get(api.repo("entity").addPathSegment(id).build());
  }

  /** {@code GET /entity/{id}/permissions}: what the caller may do with it. */
  JsonNode permissions(String id) {
    return api.get(api.repo("entity").addPathSegment(id).addPathSegment("permissions").build());
  }

  /** {@code POST /entity/{id}[/version/{n}]/bundle2}: entity, annotations and file handles. */
  JsonNode bundle(String id, OptionalLong version) {
    HttpUrl.Builder url = api.repo("entity").addPathSegment(id);
    version.ifPresent(n -> url.addPathSegment("version").addPathSegment(String.valueOf(n)));
    ObjectNode parts =
        object()
            .put("includeEntity", true)
            .put("includeAnnotations", true)
            .put("includeFileHandles", true)
            .put("includeRestrictionInformation", true);
    return api.query(url.addPathSegment("bundle2").build(), parts);
  }

  /** {@code POST /entity/children}: one page of 50, of all types. */
  JsonNode children(String parentId, Optional<String> pageToken) {
    ObjectNode body =
        object().put("parentId", parentId).put("sortBy", "CREATED_ON").put("sortDirection", "ASC");
    for (String type : ALL_TYPES) {
      body.withArray("includeTypes").add(type);
    }
    pageToken.ifPresent(token -> body.put("nextPageToken", token));
    return api.query(api.repo("entity").addPathSegment("children").build(), body);
  }

  /** {@code POST /entity/child}: the id of a child by its exact name; empty when there is none. */
  Optional<String> child(String parentId, String name) {
    ObjectNode body = object().put("parentId", parentId).put("entityName", name);
    try {
      HttpUrl url = api.repo("entity").addPathSegment("child").build();
      return Optional.of(required(api.query(url, body), "id"));
    } catch (PlatformException e) {
      if (e.status() == 404) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** {@code POST /entity}: makes it, or 409 where the parent has a child of this name. */
  JsonNode createEntity(JsonNode entity) {
    return api.post(api.repo("entity").build(), entity);
  }

  /** {@code POST /entity/bundle2/create}: entity, annotations and provenance, all or nothing. */
  JsonNode createBundle(JsonNode bundle, String activityId) {
    HttpUrl.Builder url = api.repo("entity").addPathSegments("bundle2/create");
    return api.post(generated(url, activityId), bundle);
  }

  /**
   * {@code PUT /entity/{id}/bundle2}: the entity with its etag, or 412 where that is stale; one new
   * version if the file handle's MD5 differs; annotations are merged.
   */
  JsonNode updateBundle(String id, JsonNode bundle, String activityId) {
    HttpUrl.Builder url = api.repo("entity").addPathSegment(id).addPathSegment("bundle2");
    return api.put(generated(url, activityId), bundle);
  }

  private static HttpUrl generated(HttpUrl.Builder url, String activityId) {
    return (activityId.isEmpty() ? url : url.addQueryParameter("generatedBy", activityId)).build();
  }

  /**
   * {@code PUT /entity/{id}/bundle2} with annotations alone: merged, in place, without an etag; the
   * version and its provenance stay.
   */
  void annotate(String id, JsonNode bundle) {
    HttpUrl url = api.repo("entity").addPathSegment(id).addPathSegment("bundle2").build();
    api.put(url, bundle);
  }

  /**
   * {@code PUT /entity/{id}/version/{n}/filehandle}: another handle of the same MD5, in place; 412
   * where the old one is not the current one.
   */
  void replaceHandle(String id, long version, String oldHandle, String newHandle) {
    HttpUrl url =
        api.repo("entity")
            .addPathSegment(id)
            .addPathSegment("version")
            .addPathSegment(String.valueOf(version))
            .addPathSegment("filehandle")
            .build();
    ObjectNode body = object().put("oldFileHandleId", oldHandle).put("newFileHandleId", newHandle);
    api.put(url, body);
  }

  /** {@code POST /storageLocation}: the same fields give the same id, however often. */
  JsonNode createStorageLocation(JsonNode location) {
    return api.post(api.repo("storageLocation").build(), location);
  }

  /** {@code GET /storageLocation}: the caller's own, at most 100. */
  JsonNode storageLocations() {
    return api.get(api.repo("storageLocation").build());
  }

  /** {@code GET /storageLocation/{id}}: one of the caller's own, or 403. */
  JsonNode storageLocation(long id) {
    return api.get(api.repo("storageLocation").addPathSegment(String.valueOf(id)).build());
  }

  /** {@code POST /activity}: provenance, which nothing lists; a repeated call makes another one. */
  JsonNode createActivity(JsonNode activity) {
    return api.post(api.repo("activity").build(), activity);
  }

  /** {@code POST /fileHandle/batch}: signed URLs for at most 100 files, failures file by file. */
  JsonNode fileUrls(JsonNode request) {
    return api.query(api.file("fileHandle").addPathSegment("batch").build(), request);
  }

  /**
   * {@code POST /externalFileHandle/s3}: a handle for an object where it lies. A repeated call
   * makes another handle, which harms nothing.
   */
  JsonNode createS3Handle(JsonNode handle) {
    return api.post(api.file("externalFileHandle").addPathSegment("s3").build(), handle);
  }

  /**
   * {@code POST /file/multipart}: begins an upload, or tells how far the same one came; safe to
   * repeat byte by byte.
   *
   * @param anew gives up what was uploaded under this request before
   */
  JsonNode startUpload(JsonNode upload, boolean anew) {
    HttpUrl.Builder url = api.file("file").addPathSegment("multipart");
    return api.post(url.setQueryParameter("forceRestart", String.valueOf(anew)).build(), upload);
  }

  /** {@code POST …/presigned/url/batch}: where one part goes, for 15 minutes. */
  JsonNode uploadUrl(String uploadId, int part) {
    ObjectNode body = object();
    body.putArray("partNumbers").add(part);
    HttpUrl url = upload(uploadId).addPathSegments("presigned/url/batch").build();
    return api.query(url, body).path("partPresignedUrls").path(0);
  }

  /** {@code PUT …/add/{n}}: never to be repeated blindly, as that takes the part out again. */
  JsonNode addPart(String uploadId, int part, String md5) {
    HttpUrl url =
        upload(uploadId)
            .addPathSegment("add")
            .addPathSegment(String.valueOf(part))
            .addQueryParameter("partMD5Hex", md5)
            .build();
    return api.put(url, object());
  }

  /** {@code PUT …/complete}: repeated, it answers the same. */
  JsonNode completeUpload(String uploadId) {
    HttpUrl url = upload(uploadId).addPathSegment("complete").build();
    return api.put(url, object());
  }

  /** {@code GET /entity/{id}/column}: names of the columns of a view or dataset, in order. */
  List<String> columns(String id) {
    HttpUrl url = api.repo("entity").addPathSegment(id).addPathSegment("column").build();
    List<String> names = new ArrayList<>();
    api.get(url).path("results").forEach(column -> names.add(column.path("name").asText()));
    return names;
  }

  /**
   * {@code POST …/table/query/async/start}: a job that changes nothing, so one more is harmless.
   */
  JsonNode startQuery(String id, JsonNode query) {
    return api.query(queries(id).addPathSegment("start").build(), query);
  }

  /** {@code GET …/table/query/async/get}: the result, or the job's state while it has none. */
  JsonNode queryResult(String id, String token) {
    return api.get(queries(id).addPathSegment("get").addPathSegment(token).build());
  }

  /** {@code POST /message}: sends it, and sends it again when it is repeated; its id. */
  String sendMessage(JsonNode message) {
    return required(api.post(api.repo("message").build(), message), "id");
  }

  /** {@code GET /message/outbox}: messages of ours, newest first. */
  JsonNode outbox(int offset, int limit) {
    HttpUrl url =
        api.repo("message")
            .addPathSegment("outbox")
            .addQueryParameter("orderBy", "SEND_DATE")
            .addQueryParameter("descending", "true")
            .addQueryParameter("limit", String.valueOf(limit))
            .addQueryParameter("offset", String.valueOf(offset))
            .build();
    return api.get(url);
  }

  /** Of a changing call, an answer without this field is as unclear as none. */
  static String required(JsonNode answer, String field) {
    String value = answer.path(field).asText("");
    if (value.isEmpty()) {
      throw new PlatformException(FailureKind.OUTCOME_UNKNOWN, "Synapse's answer has no " + field);
    }
    return value;
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  private HttpUrl.Builder queries(String id) {
    return api.repo("entity").addPathSegment(id).addPathSegments("table/query/async");
  }

  private HttpUrl.Builder upload(String uploadId) {
    return api.file("file").addPathSegment("multipart").addPathSegment(uploadId);
  }
}
