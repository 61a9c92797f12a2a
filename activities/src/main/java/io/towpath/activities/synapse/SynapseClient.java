package io.towpath.activities.synapse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.activities.http.ApiAccount;
import io.towpath.activities.http.ApiClient;
import io.towpath.activities.http.PlatformException;
import io.towpath.activities.http.RateBudget;
import io.towpath.workflows.failure.FailureKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
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

  private static final Duration MAINTENANCE = Duration.ofMinutes(2);

  private final ApiClient api;
  private final HttpUrl base;
  private final ApiAccount account;

  SynapseClient(OkHttpClient http, SynapseConnection connection) {
    this.base = HttpUrl.get(connection.endpoint());
    String bearer = "Bearer " + connection.token().reveal();
    this.account =
        new ApiAccount(
            base,
            new RateBudget(
                connection.quota().callsPerMinute(),
                Duration.ofMinutes(1),
                connection.quota().atOnce()),
            request -> request.newBuilder().header("Authorization", bearer).build(),
            error -> error.path("reason").asText(""));
    this.api =
        new ApiClient(http.newBuilder().cookieJar(new SessionCookie()).build(), "Synapse", account);
  }

  /** The account, for the adapter that resolves DRS ids under it. */
  ApiAccount account() {
    return account;
  }

  /** {@code GET /userProfile}: who the token stands for. */
  JsonNode userProfile() {
    return asking(() -> api.get(repo("userProfile").build()));
  }

  /** {@code GET /entity/{id}}. */
  JsonNode entity(String id) {
    return asking(() -> api.get(repo("entity").addPathSegment(id).build()));
  }

  /** {@code GET /entity/{id}/permissions}: what the caller may do with it. */
  JsonNode permissions(String id) {
    return asking(
        () -> api.get(repo("entity").addPathSegment(id).addPathSegment("permissions").build()));
  }

  /** {@code POST /entity/{id}[/version/{n}]/bundle2}: entity, annotations and file handles. */
  JsonNode bundle(String id, OptionalLong version) {
    HttpUrl.Builder url = repo("entity").addPathSegment(id);
    version.ifPresent(n -> url.addPathSegment("version").addPathSegment(String.valueOf(n)));
    ObjectNode parts =
        object()
            .put("includeEntity", true)
            .put("includeAnnotations", true)
            .put("includeFileHandles", true)
            .put("includeRestrictionInformation", true);
    return asking(() -> api.query(url.addPathSegment("bundle2").build(), parts));
  }

  /** {@code POST /entity/children}: one page of 50, of all types. */
  JsonNode children(String parentId, Optional<String> pageToken) {
    ObjectNode body =
        object().put("parentId", parentId).put("sortBy", "CREATED_ON").put("sortDirection", "ASC");
    for (String type : ALL_TYPES) {
      body.withArray("includeTypes").add(type);
    }
    pageToken.ifPresent(token -> body.put("nextPageToken", token));
    return asking(() -> api.query(repo("entity").addPathSegment("children").build(), body));
  }

  /** {@code POST /entity/child}: the id of a child by its exact name; empty when there is none. */
  Optional<String> child(String parentId, String name) {
    ObjectNode body = object().put("parentId", parentId).put("entityName", name);
    try {
      HttpUrl url = repo("entity").addPathSegment("child").build();
      return Optional.of(required(asking(() -> api.query(url, body)), "id"));
    } catch (PlatformException e) {
      if (e.status() == 404) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** {@code POST /entity}: makes it, or 409 where the parent has a child of this name. */
  JsonNode createEntity(JsonNode entity) {
    return asking(() -> api.post(repo("entity").build(), entity));
  }

  /** {@code POST /entity/bundle2/create}: entity, annotations and provenance, all or nothing. */
  JsonNode createBundle(JsonNode bundle, String activityId) {
    HttpUrl.Builder url = repo("entity").addPathSegments("bundle2/create");
    return asking(() -> api.post(generated(url, activityId), bundle));
  }

  /**
   * {@code PUT /entity/{id}/bundle2}: the entity with its etag, or 412 where that is stale; one new
   * version if the file handle's MD5 differs; annotations are merged.
   */
  JsonNode updateBundle(String id, JsonNode bundle, String activityId) {
    HttpUrl.Builder url = repo("entity").addPathSegment(id).addPathSegment("bundle2");
    return asking(() -> api.put(generated(url, activityId), bundle));
  }

  private static HttpUrl generated(HttpUrl.Builder url, String activityId) {
    return (activityId.isEmpty() ? url : url.addQueryParameter("generatedBy", activityId)).build();
  }

  /**
   * {@code PUT /entity/{id}/bundle2} with annotations alone: merged, in place, without an etag; the
   * version and its provenance stay.
   */
  void annotate(String id, JsonNode bundle) {
    HttpUrl url = repo("entity").addPathSegment(id).addPathSegment("bundle2").build();
    asking(() -> api.put(url, bundle));
  }

  /**
   * {@code PUT /entity/{id}/version/{n}/filehandle}: another handle of the same MD5, in place; 412
   * where the old one is not the current one.
   */
  void replaceHandle(String id, long version, String oldHandle, String newHandle) {
    HttpUrl url =
        repo("entity")
            .addPathSegment(id)
            .addPathSegment("version")
            .addPathSegment(String.valueOf(version))
            .addPathSegment("filehandle")
            .build();
    ObjectNode body = object().put("oldFileHandleId", oldHandle).put("newFileHandleId", newHandle);
    asking(() -> api.put(url, body));
  }

  /** {@code POST /storageLocation}: the same fields give the same id, however often. */
  JsonNode createStorageLocation(JsonNode location) {
    return asking(() -> api.post(repo("storageLocation").build(), location));
  }

  /** {@code GET /storageLocation}: the caller's own, at most 100. */
  JsonNode storageLocations() {
    return asking(() -> api.get(repo("storageLocation").build()));
  }

  /** {@code GET /storageLocation/{id}}: one of the caller's own, or 403. */
  JsonNode storageLocation(long id) {
    return asking(
        () -> api.get(repo("storageLocation").addPathSegment(String.valueOf(id)).build()));
  }

  /** {@code POST /activity}: provenance, which nothing lists; a repeated call makes another one. */
  JsonNode createActivity(JsonNode activity) {
    return asking(() -> api.post(repo("activity").build(), activity));
  }

  /** {@code POST /fileHandle/batch}: signed URLs for at most 100 files, failures file by file. */
  JsonNode fileUrls(JsonNode request) {
    return asking(() -> api.query(file("fileHandle").addPathSegment("batch").build(), request));
  }

  /**
   * {@code POST /externalFileHandle/s3}: a handle for an object where it lies. A repeated call
   * makes another handle, which harms nothing.
   */
  JsonNode createS3Handle(JsonNode handle) {
    return asking(() -> api.post(file("externalFileHandle").addPathSegment("s3").build(), handle));
  }

  /**
   * {@code POST /file/multipart}: begins an upload, or tells how far the same one came; safe to
   * repeat byte by byte.
   *
   * @param anew gives up what was uploaded under this request before
   */
  JsonNode startUpload(JsonNode upload, boolean anew) {
    HttpUrl.Builder url = file("file").addPathSegment("multipart");
    return asking(
        () ->
            api.post(url.setQueryParameter("forceRestart", String.valueOf(anew)).build(), upload));
  }

  /** {@code POST …/presigned/url/batch}: where one part goes, for 15 minutes. */
  JsonNode uploadUrl(String uploadId, int part) {
    ObjectNode body = object();
    body.putArray("partNumbers").add(part);
    HttpUrl url = upload(uploadId).addPathSegments("presigned/url/batch").build();
    return asking(() -> api.query(url, body)).path("partPresignedUrls").path(0);
  }

  /** {@code PUT …/add/{n}}: never to be repeated blindly, as that takes the part out again. */
  JsonNode addPart(String uploadId, int part, String md5) {
    HttpUrl url =
        upload(uploadId)
            .addPathSegment("add")
            .addPathSegment(String.valueOf(part))
            .addQueryParameter("partMD5Hex", md5)
            .build();
    return asking(() -> api.put(url, object()));
  }

  /** {@code PUT …/complete}: repeated, it answers the same. */
  JsonNode completeUpload(String uploadId) {
    HttpUrl url = upload(uploadId).addPathSegment("complete").build();
    return asking(() -> api.put(url, object()));
  }

  /** {@code GET /entity/{id}/column}: names of the columns of a view or dataset, in order. */
  List<String> columns(String id) {
    HttpUrl url = repo("entity").addPathSegment(id).addPathSegment("column").build();
    List<String> names = new ArrayList<>();
    asking(() -> api.get(url))
        .path("results")
        .forEach(column -> names.add(column.path("name").asText()));
    return names;
  }

  /**
   * {@code POST …/table/query/async/start}: a job that changes nothing, so one more is harmless.
   */
  JsonNode startQuery(String id, JsonNode query) {
    return asking(() -> api.query(queries(id).addPathSegment("start").build(), query));
  }

  /** {@code GET …/table/query/async/get}: the result, or the job's state while it has none. */
  JsonNode queryResult(String id, String token) {
    return asking(() -> api.get(queries(id).addPathSegment("get").addPathSegment(token).build()));
  }

  /** {@code POST /message}: sends it, and sends it again when it is repeated; its id. */
  String sendMessage(JsonNode message) {
    return required(asking(() -> api.post(repo("message").build(), message)), "id");
  }

  /** {@code GET /message/outbox}: messages of ours, newest first. */
  JsonNode outbox(int offset, int limit) {
    HttpUrl url =
        repo("message")
            .addPathSegment("outbox")
            .addQueryParameter("orderBy", "SEND_DATE")
            .addQueryParameter("descending", "true")
            .addQueryParameter("limit", String.valueOf(limit))
            .addQueryParameter("offset", String.valueOf(offset))
            .build();
    return asking(() -> api.get(url));
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

  /** A 503 may be maintenance, in which every call is refused: says so, and waits for minutes. */
  private JsonNode asking(Supplier<JsonNode> call) {
    try {
      return call.get();
    } catch (PlatformException e) {
      if (e.status() != 503) {
        throw e;
      }
      throw maintenance(e).orElse(e);
    }
  }

  private Optional<PlatformException> maintenance(PlatformException refused) {
    try {
      JsonNode status = api.get(repo("status").build());
      String word = status.path("status").asText("READ_WRITE");
      if (word.equals("READ_WRITE")) {
        return Optional.empty();
      }
      return Optional.of(
          new PlatformException(
              refused.kind(),
              "Synapse is " + word + ": " + status.path("currentMessage").asText("maintenance"),
              refused.status(),
              Optional.of(MAINTENANCE),
              refused));
    } catch (PlatformException e) {
      return Optional.empty();
    }
  }

  private HttpUrl.Builder queries(String id) {
    return repo("entity").addPathSegment(id).addPathSegments("table/query/async");
  }

  private HttpUrl.Builder upload(String uploadId) {
    return file("file").addPathSegment("multipart").addPathSegment(uploadId);
  }

  private HttpUrl.Builder repo(String first) {
    return base.newBuilder().addPathSegments("repo/v1").addPathSegment(first);
  }

  private HttpUrl.Builder file(String first) {
    return base.newBuilder().addPathSegments("file/v1").addPathSegment(first);
  }
}
