package io.towpath.activities.sevenbridges;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import okhttp3.HttpUrl;

/** The endpoints of tasks and exports that Towpath uses, one method each. */
final class TasksClient {
  private final SevenBridgesApi api;

  TasksClient(SevenBridgesApi api) {
    this.api = api;
  }

  /** {@code POST /tasks} without an action: a draft, which may have {@code errors}. */
  JsonNode createDraft(ObjectNode task) {
    return api.post(api.url("tasks"), task);
  }

  /** {@code GET /tasks/{id}} */
  Optional<JsonNode> task(String id) {
    return api.find(api.url("tasks", id));
  }

  /** {@code PATCH /tasks/{id}}, of a draft; may be repeated. */
  JsonNode editDraft(String id, ObjectNode changes) {
    return api.patch(api.url("tasks", id), changes);
  }

  /** {@code DELETE /tasks/{id}}; one that is gone already is fine. */
  void deleteTask(String id) {
    api.delete(api.url("tasks", id));
  }

  /** {@code POST /tasks/{id}/actions/run}; refused with {@code CONFLICT} unless it is a draft. */
  JsonNode runTask(String id) {
    return api.act("tasks", id, "actions", "run");
  }

  /** {@code POST /tasks/{id}/actions/abort}; {@code CONFLICT} when it does not run. */
  JsonNode abortTask(String id) {
    return api.act("tasks", id, "actions", "abort");
  }

  /**
   * {@code GET /tasks} of a project in all states, oldest first, so that new ones only lengthen it.
   *
   * @param fields comma-separated
   * @param createdFrom {@code YYYY-MM-DDTHH:MM:SS}, a coarse bound; empty for all
   */
  Page tasks(String project, String fields, String createdFrom, int offset) {
    HttpUrl.Builder url =
        api.url("tasks")
            .addQueryParameter("project", project)
            .addQueryParameter("fields", fields)
            .addQueryParameter("order_by", "created_time")
            .addQueryParameter("order", "asc");
    if (!createdFrom.isEmpty()) {
      url.addQueryParameter("created_from", createdFrom);
    }
    return api.page(url, offset);
  }

  /**
   * {@code POST /bulk/tasks/get}
   *
   * @param fields comma-separated
   */
  List<JsonNode> getTasks(List<String> ids, String fields) {
    return api.getAll("tasks/get", "task_ids", ids, fields);
  }

  /** {@code POST /bulk/storage/exports/create}: the file becomes an alias; once only. */
  List<JsonNode> createExports(List<ObjectNode> items) {
    return api.changeAll("storage/exports/create", items);
  }

  /** {@code POST /bulk/storage/exports/get} */
  List<JsonNode> getExports(List<String> ids) {
    return api.getAll("storage/exports/get", "export_ids", ids, "_all");
  }

  /** {@code GET /storage/exports} of a volume in one state. */
  Page exports(String volume, String state, int offset) {
    return api.page(
        api.url("storage", "exports")
            .addQueryParameter("volume", volume)
            .addQueryParameter("state", state)
            .addQueryParameter("fields", "_all"),
        offset);
  }
}
