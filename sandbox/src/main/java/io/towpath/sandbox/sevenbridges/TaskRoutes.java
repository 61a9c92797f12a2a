package io.towpath.sandbox.sevenbridges;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.http.Reply;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Tasks: drafted, run, watched, aborted. */
final class TaskRoutes {
  private static final Set<String> RENAMING = Set.of("name", "description");

  private final Realm realm;
  private final TaskWriter writer;
  private final TaskRuns runs;
  private final TaskJson json;
  private final TaskSearch search;

  TaskRoutes(Realm realm, TaskRuns runs) {
    this.realm = realm;
    this.runs = runs;
    this.writer = new TaskWriter(realm);
    this.json = new TaskJson(realm);
    this.search = new TaskSearch(realm, json);
  }

  void register(RouteTable table) {
    table.reading("GET", "/tasks", search::list);
    table.mutating("POST", "/tasks", this::create);
    table.reading(
        "GET",
        "/tasks/{id}",
        request -> request.one(200, json.of(request, find(request, Permission.READ))));
    table.mutating("PATCH", "/tasks/{id}", this::update);
    table.mutating("DELETE", "/tasks/{id}", this::delete);
    table.mutating("POST", "/tasks/{id}/actions/run", this::run);
    table.mutating("POST", "/tasks/{id}/actions/abort", this::abort);
    table.mutating("POST", "/tasks/{id}/actions/clone", this::copy);
    table.reading(
        "GET",
        "/tasks/{id}/execution_details",
        request -> request.one(200, json.details(request, find(request, Permission.READ))));
    table.reading(
        "POST",
        "/bulk/tasks/get",
        request ->
            request.bulk(
                request.bulkIds("task_ids"),
                id -> json.of(request, realm.access.task(id, Permission.READ))));
  }

  private Task find(Request request, Permission permission) {
    return realm.access.task(request.variable("id"), permission);
  }

  private Reply changed(Request request, int status, Task task) {
    return request.one(status, json.of(request, task)).changed("task", task.id(), task.name);
  }

  private Reply create(Request request) {
    boolean runs = runs(request);
    ObjectNode body = request.body();
    boolean batched = request.queryFlag("batch", true);
    boolean batch = body.hasNonNull("batch_by") || body.hasNonNull("batch_input");
    if (!batched && !runs) {
      throw Refusal.UNBATCH_DRAFT.thrown();
    }
    if (!batched && !batch) {
      throw Refusal.UNBATCH_SINGLE.thrown();
    }
    Task task = writer.create(request, body, batched);
    if (runs && task.errors.isEmpty()) {
      start(task, request);
    }
    return changed(request, 201, task);
  }

  private static boolean runs(Request request) {
    Optional<String> action = request.query("action");
    if (action.filter(word -> !word.equals("run")).isPresent()) {
      throw Refusal.TASK_ACTION.thrown();
    }
    return action.isPresent();
  }

  private void start(Task task, Request request) {
    task.interruptible = request.queryFlag("use_interruptible_instances", task.interruptible);
    runs.start(task, request.now());
  }

  private Reply update(Request request) {
    Task task = find(request, Permission.EXECUTE);
    ObjectNode body = request.body();
    if (json.status(task).equals("DRAFT")) {
      writer.patch(task, request, body);
      return changed(request, 200, task);
    }
    boolean renames =
        Set.of("RUNNING", "COMPLETED").contains(json.status(task)) && onlyRenames(body);
    if (!renames) {
      throw Refusal.EDIT_ONLY_DRAFT.thrown();
    }
    task.name = Fields.text(body, "name").orElse(task.name);
    task.description = Fields.text(body, "description").or(() -> task.description);
    return changed(request, 200, task);
  }

  private static boolean onlyRenames(ObjectNode body) {
    for (Iterator<String> names = body.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!RENAMING.contains(name) && !body.path(name).isNull()) {
        return false;
      }
    }
    return true;
  }

  private Reply delete(Request request) {
    Task task = find(request, Permission.EXECUTE);
    if (!json.status(task).equals("DRAFT")) {
      throw Refusal.ONLY_DRAFT.thrown();
    }
    realm.tasks.remove(task);
    return Reply.empty(204).changed("task", task.id(), task.name);
  }

  private Reply run(Request request) {
    Task task = find(request, Permission.EXECUTE);
    if (!json.status(task).equals("DRAFT")) {
      throw Refusal.RUN_ONLY_DRAFT.thrown();
    }
    if (!request.queryFlag("batch", true)) {
      if (task.batch.isEmpty()) {
        throw Refusal.UNBATCH_SINGLE.thrown();
      }
      unbatch(task);
    }
    if (!task.errors.isEmpty()) {
      throw Refusal.NOT_VALID.thrown();
    }
    start(task, request);
    return changed(request, 200, task);
  }

  private void unbatch(Task task) {
    List<Task> parts = realm.tasks.children(task);
    Optional<Task.Batch> batch = task.batch;
    task.batch = Optional.empty();
    new TaskInputs(realm).check(task);
    if (task.errors.isEmpty()) {
      parts.forEach(realm.tasks::remove);
    } else {
      task.batch = batch;
      new TaskInputs(realm).check(task);
      throw Refusal.NOT_VALID.thrown();
    }
  }

  private Reply abort(Request request) {
    Task task = find(request, Permission.EXECUTE);
    List<Task> parts = realm.tasks.children(task);
    boolean active =
        parts.isEmpty() ? task.isAbortable() : parts.stream().anyMatch(Task::isAbortable);
    if (!active) {
      throw Refusal.ABORT_ONLY_ACTIVE.thrown();
    }
    runs.abort(task, request.now());
    return changed(request, 200, task);
  }

  private Reply copy(Request request) {
    boolean runs = runs(request);
    Task source = find(request, Permission.READ);
    realm.access.project(source.spec().projectId(), Permission.EXECUTE);
    Task task = writer.copy(source, request);
    if (runs && task.errors.isEmpty()) {
      start(task, request);
    }
    return changed(request, 201, task);
  }
}
