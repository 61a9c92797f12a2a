package io.towpath.sandbox.sevenbridges;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Makes drafts of request bodies, and changes them. */
final class TaskWriter {
  private static final Set<String> BATCH_TYPES = Set.of("item", "criteria");

  private final Realm realm;
  private final TaskInputs inputs;
  private final Batches batches;

  TaskWriter(Realm realm) {
    this.realm = realm;
    this.inputs = new TaskInputs(realm);
    this.batches = new Batches(realm, inputs);
  }

  /** A new draft; a batch draft comes with a draft for each of its groups. */
  Task create(Request request, ObjectNode body, boolean batched) {
    String projectId = Fields.text(body, "project").orElseThrow(Refusal.MALFORMED_PROJECT::thrown);
    if (!projectId.matches("[^/]+/[^/]+")) {
      throw Refusal.MALFORMED_PROJECT.thrown();
    }
    Project project = realm.access.project(projectId, Permission.EXECUTE);
    App.Revision app = app(body, projectId);
    Task task =
        new Task(
            new Task.Spec(
                realm.ids.task(),
                projectId,
                realm.settings.user(),
                request.now(),
                request.visibleFrom(),
                Optional.empty()),
            app);
    task.name = app.cwl().path("label").asText("task") + " run";
    task.interruptible = project.settings.path("use_interruptible_instances").asBoolean(false);
    change(task, body, batched);
    realm.tasks.add(task);
    batches.divide(task, request);
    return task;
  }

  /** The app that a body names; the latest revision when it names none. */
  private App.Revision app(JsonNode body, String projectId) {
    String id = Fields.text(body, "app").orElseThrow(Refusal.NO_TASK_APP::thrown);
    if (!id.matches("[^/]+/[^/]+/[^/]+(/[0-9]+)?")) {
      throw Refusal.MALFORMED_APP.thrown();
    }
    App.Revision app = realm.apps.revision(id).orElseThrow(Refusal.NO_APP::thrown);
    String owner = app.id().substring(0, app.id().indexOf('/', app.id().indexOf('/') + 1));
    if (!realm.access.allows(owner, Permission.READ)) {
      throw Refusal.APP_FORBIDDEN.thrown();
    }
    if (!owner.equals(projectId)) {
      throw Refusal.APP_URL.thrown("Invalid app url. The app must be in the task's project.");
    }
    return app;
  }

  /** Changes a draft as a whole, or not at all. */
  void patch(Task task, Request request, ObjectNode body) {
    Optional<App.Revision> app =
        body.hasNonNull("app") ? Optional.of(app(body, task.spec().projectId())) : Optional.empty();
    ObjectNode merged = task.inputs.deepCopy();
    merged.setAll(Fields.objectAt(body, "inputs"));
    ObjectNode whole = body.deepCopy();
    whole.set("inputs", merged);
    Optional<Task.Batch> before = task.batch;
    change(task, whole, before.isPresent() || body.hasNonNull("batch_by"));
    app.ifPresent(found -> task.app = found);
    inputs.check(task);
    if (task.batch.isPresent()) {
      batches.divide(task, request);
    }
  }

  private void change(Task task, ObjectNode body, boolean batched) {
    Optional<String> name = Fields.text(body, "name");
    Optional<String> description = Fields.text(body, "description");
    ObjectNode given = Fields.objectAt(body, "inputs");
    Optional<Task.Batch> batch = batched ? batch(body, task) : Optional.empty();
    boolean interruptible = Fields.flag(body, "use_interruptible_instances", task.interruptible);
    ObjectNode settings = Fields.objectAt(body, "execution_settings");
    ObjectNode location = Fields.objectAt(body, "output_location");
    Optional<String> originId = Fields.text(body, "origin_id");
    task.name = name.orElse(task.name);
    task.description = description.or(() -> task.description);
    task.inputs = given.deepCopy();
    task.batch = batch.or(() -> batched ? task.batch : Optional.empty());
    task.interruptible = interruptible;
    task.settings.setAll(settings);
    if (!location.isEmpty()) {
      task.outputLocation = location.deepCopy();
    }
    task.originId = originId.or(() -> task.originId);
    inputs.check(task);
  }

  private static Optional<Task.Batch> batch(ObjectNode body, Task task) {
    boolean input = body.hasNonNull("batch_input");
    boolean by = body.hasNonNull("batch_by");
    if (!input && !by) {
      return Optional.empty();
    }
    if (!input || !by) {
      throw Refusal.BATCH_INCOMPLETE.thrown();
    }
    String port = Fields.text(body, "batch_input").orElseThrow(Refusal.BATCH_INPUT::thrown);
    boolean known =
        CwlPort.of(task.app.cwl(), "inputs").stream().anyMatch(one -> one.id().equals(port));
    if (!known) {
      throw Refusal.BATCH_INPUT.thrown();
    }
    ObjectNode rule = Fields.objectAt(body, "batch_by");
    String type = Fields.text(rule, "type").orElse("").toLowerCase(Locale.ROOT);
    if (!BATCH_TYPES.contains(type)) {
      throw Refusal.BATCH_TYPE.thrown();
    }
    List<String> criteria = Fields.textList(rule.path("criteria"), "criteria");
    if (type.equals("criteria") && criteria.isEmpty()) {
      throw Refusal.NO_BATCH_CRITERIA.thrown();
    }
    return Optional.of(new Task.Batch(port, rule.deepCopy()));
  }

  /** A draft with everything that the task was created with. */
  Task copy(Task task, Request request) {
    ObjectNode body = Fields.object();
    body.put("name", task.name).put("project", task.spec().projectId()).put("app", task.app.id());
    Fields.put(body, "description", task.description);
    body.set("inputs", task.inputs.deepCopy());
    task.batch.ifPresent(
        batch -> body.put("batch_input", batch.input()).set("batch_by", batch.by().deepCopy()));
    body.put("use_interruptible_instances", task.interruptible);
    body.set("execution_settings", task.settings.deepCopy());
    body.set("output_location", task.outputLocation.deepCopy());
    return create(request, body, true);
  }
}
