package io.towpath.sandbox.sevenbridges;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Checks a task's inputs against its app; what is wrong stands in the task, not in a refusal. */
final class TaskInputs {
  private final Realm realm;

  TaskInputs(Realm realm) {
    this.realm = realm;
  }

  /** Writes errors and warnings anew. */
  void check(Task task) {
    task.errors = Fields.array();
    task.warnings = Fields.array();
    Set<String> known = new HashSet<>();
    for (CwlPort port : CwlPort.of(task.app.cwl(), "inputs")) {
      known.add(port.id());
      JsonNode value = task.inputs.path(port.id());
      if (value.isMissingNode() || value.isNull()) {
        if (port.required() && !isBatched(task, port)) {
          error(task, Refusal.MISSING_INPUTS, "Required input is not set: " + port.id() + ".");
        }
      } else if (isBatched(task, port) ? !fitsBatch(port, value) : !port.type().fits(value)) {
        error(
            task,
            Refusal.BAD_REQUEST,
            "Input " + port.id() + " must be " + port.type() + ", not " + value + ".");
      } else {
        checkFiles(task, port.id(), value);
      }
    }
    for (String problem : OutputPlace.problems(realm, task)) {
      error(task, Refusal.NO_VOLUME, problem);
    }
    for (String given : List.copyOf(names(task.inputs))) {
      if (!known.contains(given)) {
        task.warnings
            .addObject()
            .put("code", Refusal.BAD_REQUEST.code())
            .put("message", "The app has no input " + given + ".");
      }
    }
  }

  private static Set<String> names(ObjectNode object) {
    Set<String> names = new java.util.LinkedHashSet<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static boolean isBatched(Task task, CwlPort port) {
    return task.batch.filter(batch -> batch.input().equals(port.id())).isPresent();
  }

  /** A batch input is a list of files, whether one task takes one of them or several. */
  private static boolean fitsBatch(CwlPort port, JsonNode value) {
    if (!value.isArray() || value.isEmpty()) {
      return false;
    }
    for (JsonNode item : value) {
      boolean single = port.type().fits(item);
      if (!single && !port.type().fits(Fields.array().add(item))) {
        return false;
      }
    }
    return true;
  }

  private void checkFiles(Task task, String port, JsonNode value) {
    if (value.isArray()) {
      value.forEach(item -> checkFiles(task, port, item));
      return;
    }
    String kind = value.path("class").asText("");
    if (!value.isObject()) {
      return;
    }
    if (!kind.equals("File") && !kind.equals("Directory")) {
      value.forEach(field -> checkFiles(task, port, field));
      return;
    }
    String id = value.path("path").asText("");
    Optional<FileNode> file =
        realm
            .files
            .find(id)
            .filter(found -> found.projectId().equals(task.spec().projectId()))
            .filter(found -> found.isFolder() == kind.equals("Directory"));
    if (file.isEmpty()) {
      error(
          task,
          Refusal.NO_FILE,
          "Input " + port + ": no " + kind + " with id " + id + " in the task's project.");
    }
  }

  private static void error(Task task, Refusal refusal, String message) {
    task.errors.addObject().put("code", refusal.code()).put("message", message);
  }

  /** The inputs with what the platform adds to files: their names. */
  ObjectNode shown(ObjectNode inputs) {
    ObjectNode shown = inputs.deepCopy();
    shown.forEach(this::nameFiles);
    return shown;
  }

  private void nameFiles(JsonNode value) {
    if (value instanceof ObjectNode object && object.has("class")) {
      realm
          .files
          .find(object.path("path").asText(""))
          .ifPresent(file -> object.put("name", file.name));
    } else {
      value.forEach(this::nameFiles);
    }
  }
}
