package io.towpath.activities.sevenbridges;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.activities.http.RateBudget;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okhttp3.HttpUrl;

/**
 * The endpoints of the Seven Bridges API that Towpath uses, one method each. Ids of projects, apps
 * and volumes hold slashes. Listings are sparse unless fields are asked for.
 *
 * @see <a href="https://docs.cavatica.org/reference">API reference</a>
 */
final class SevenBridgesClient {
  private static final String FILE = "id,name,type,size,project,parent,storage,origin,metadata";

  private final SevenBridgesApi api;

  SevenBridgesClient(SevenBridgesApi api) {
    this.api = api;
  }

  /** {@code GET /user} */
  JsonNode user() {
    return api.get(api.url("user"));
  }

  /** {@code GET /rate_limit}; free of charge. */
  JsonNode rateLimit() {
    return api.get(api.url("rate_limit"));
  }

  /** {@code GET /billing/groups} */
  Page billingGroups(int offset) {
    return api.page(
        api.url("billing", "groups").addQueryParameter("fields", "id,name,disabled"), offset);
  }

  /** {@code GET /projects/{id}} */
  Optional<JsonNode> project(String id) {
    return api.find(api.in("projects", id));
  }

  /** {@code GET /projects?name=}; the name may match a part. */
  Page projects(String name, int offset) {
    return api.page(
        api.url("projects")
            .addQueryParameter("name", name)
            .addQueryParameter("fields", "id,name,description,created_on"),
        offset);
  }

  /** {@code POST /projects}; names are not unique. */
  JsonNode createProject(ObjectNode project) {
    return api.post(api.url("projects"), project);
  }

  /** The quota of every call. */
  RateBudget quota() {
    return api.account().budget();
  }

  /** {@code GET /apps/{id}}, of the newest revision, or {@code GET /apps/{id}/{revision}}. */
  Optional<JsonNode> app(String id) {
    return api.find(api.in("apps", id));
  }

  /** {@code GET /apps/{id}/{revision}/raw}: the app's CWL. */
  JsonNode appRaw(String revision) {
    return api.get(api.in("apps", revision).addPathSegment("raw"));
  }

  /** {@code POST /apps/{id}/{revision}/actions/copy}; a taken name is refused. */
  JsonNode copyApp(String revision, ObjectNode copy) {
    return api.post(api.in("apps", revision).addPathSegments("actions/copy"), copy);
  }

  /** {@code GET /storage/volumes/{id}} */
  Optional<JsonNode> volume(String id) {
    return api.find(api.in("storage/volumes", id));
  }

  /** {@code GET /storage/volumes} */
  Page volumes(int offset) {
    return api.page(
        api.url("storage", "volumes").addQueryParameter("fields", "id,name,active"), offset);
  }

  /**
   * {@code GET /storage/volumes/{id}/list}: objects and folders of one level.
   *
   * @param token where the listing goes on; empty at its beginning
   */
  JsonNode volumeList(String id, String prefix, Map<String, String> token) {
    HttpUrl.Builder url = api.in("storage/volumes", id).addPathSegment("list");
    url.addQueryParameter("prefix", prefix)
        .addQueryParameter("limit", String.valueOf(Page.LIMIT))
        .addQueryParameter("fields", "_all");
    token.forEach(url::setQueryParameter);
    return api.get(url);
  }

  /** {@code GET /storage/volumes/{id}/object} */
  Optional<JsonNode> volumeObject(String id, String location) {
    return api.find(
        api.in("storage/volumes", id)
            .addPathSegment("object")
            .addQueryParameter("location", location));
  }

  /** {@code GET /files?parent=}: one level; names are exact, none means every one. */
  Page files(String parent, Collection<String> names, int offset) {
    return api.page(filesUrl(parent, names), offset);
  }

  private HttpUrl.Builder filesUrl(String parent, Collection<String> names) {
    HttpUrl.Builder url =
        api.url("files").addQueryParameter("parent", parent).addQueryParameter("fields", FILE);
    names.forEach(name -> url.addQueryParameter("name", name));
    return url;
  }

  /** {@code GET /files?parent=&origin.task=}: one level. */
  Page filesOfTask(String parent, String taskId, int offset) {
    return api.page(filesUrl(parent, List.of()).addQueryParameter("origin.task", taskId), offset);
  }

  /** {@code GET /files/{id}/list}: what lies in a folder. */
  Page folder(String id, int offset) {
    return api.page(api.url("files", id, "list").addQueryParameter("fields", FILE), offset);
  }

  /** {@code GET /files/{id}} */
  Optional<JsonNode> file(String id) {
    return api.find(api.url("files", id));
  }

  /** {@code GET /files/{id}/download_info}: a signed URL; folders have none. */
  String downloadUrl(String id) {
    return api.get(api.url("files", id, "download_info")).path("url").asText("");
  }

  /** {@code POST /files} of type folder; a taken name is refused. */
  JsonNode createFolder(String parent, String name) {
    return api.post(
        api.url("files"),
        SevenBridgesApi.object().put("name", name).put("type", "folder").put("parent", parent));
  }

  /** {@code POST /files/{id}/actions/copy}; a taken name is changed, so look before. */
  JsonNode copyFile(String id, String parent, String name) {
    return api.post(
        api.url("files", id, "actions", "copy"),
        SevenBridgesApi.object().put("parent", parent).put("name", name));
  }

  /** {@code POST /bulk/files/get}: a resource or an error each, in the order asked. */
  List<JsonNode> getFiles(List<String> ids) {
    return api.getAll("files/get", "file_ids", ids, FILE);
  }

  /** {@code POST /bulk/files/edit}: merges metadata; may be repeated. */
  List<JsonNode> editFiles(List<ObjectNode> items) {
    return api.changeAll("files/edit", items);
  }

  /** {@code POST /bulk/storage/imports/create}; a taken name shows when the job ends. */
  List<JsonNode> createImports(List<ObjectNode> items) {
    return api.changeAll("storage/imports/create", items);
  }

  /** {@code POST /bulk/storage/imports/get} */
  List<JsonNode> getImports(List<String> ids) {
    return api.getAll("storage/imports/get", "import_ids", ids, "_all");
  }

  /** {@code GET /storage/imports} of a volume in one state. */
  Page imports(String project, String volume, String state, int offset) {
    return api.page(
        api.url("storage", "imports")
            .addQueryParameter("project", project)
            .addQueryParameter("volume", volume)
            .addQueryParameter("state", state)
            .addQueryParameter("fields", "_all"),
        offset);
  }
}
