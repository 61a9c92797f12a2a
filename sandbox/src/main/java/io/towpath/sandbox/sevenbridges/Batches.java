package io.towpath.sandbox.sevenbridges;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Batch tasks: one task for each group of the batched files, all else being equal. */
final class Batches {
  private final Realm realm;
  private final TaskInputs inputs;

  Batches(Realm realm, TaskInputs inputs) {
    this.realm = realm;
    this.inputs = inputs;
  }

  /** Makes the parts of a batch draft anew; of a task without batch there are none. */
  void divide(Task parent, Request request) {
    realm.tasks.children(parent).forEach(realm.tasks::remove);
    if (parent.batch.isEmpty() || !parent.errors.isEmpty()) {
      return;
    }
    Task.Batch batch = parent.batch.get();
    CwlPort port =
        CwlPort.of(parent.app.cwl(), "inputs").stream()
            .filter(one -> one.id().equals(batch.input()))
            .findFirst()
            .orElseThrow();
    for (Map.Entry<String, ArrayNode> group : groups(parent, batch).entrySet()) {
      Task child =
          new Task(
              new Task.Spec(
                  realm.ids.task(),
                  parent.spec().projectId(),
                  parent.spec().createdBy(),
                  request.now(),
                  request.visibleFrom(),
                  Optional.of(parent.id())),
              parent.app);
      child.name = parent.name + " - " + group.getKey();
      child.description = parent.description;
      child.inputs = parent.inputs.deepCopy();
      JsonNode first = group.getValue().path(0);
      child.inputs.set(batch.input(), port.type().fits(first) ? first : group.getValue());
      child.interruptible = parent.interruptible;
      child.settings = parent.settings.deepCopy();
      child.outputLocation = parent.outputLocation.deepCopy();
      child.batchGroup = Optional.of(shown(batch, group.getKey()));
      inputs.check(child);
      realm.tasks.add(child);
    }
  }

  private static ObjectNode shown(Task.Batch batch, String value) {
    ObjectNode group = Fields.object().put("value", value);
    ObjectNode fields = group.putObject("fields");
    List<String> criteria = Fields.textList(batch.by().path("criteria"), "criteria");
    String[] values = value.split(", ", -1);
    for (int i = 0; i < criteria.size() && i < values.length; i++) {
      fields.put(criteria.get(i), values[i]);
    }
    return group;
  }

  private Map<String, ArrayNode> groups(Task parent, Task.Batch batch) {
    Map<String, ArrayNode> groups = new LinkedHashMap<>();
    List<String> criteria = Fields.textList(batch.by().path("criteria"), "criteria");
    for (JsonNode item : parent.inputs.path(batch.input())) {
      Optional<FileNode> file = realm.files.find(item.path("path").asText(""));
      String key =
          criteria.isEmpty()
              ? free(groups, file.map(found -> found.name).orElse("item"))
              : String.join(", ", criteria.stream().map(name -> value(file, name)).toList());
      groups.computeIfAbsent(key, any -> Fields.array()).add(item);
    }
    return groups;
  }

  /** Files of equal names are items of their own. */
  private static String free(Map<String, ArrayNode> groups, String name) {
    return groups.containsKey(name) ? name + " (" + groups.size() + ")" : name;
  }

  private static String value(Optional<FileNode> file, String criterion) {
    String field = criterion.replaceFirst("^metadata\\.", "");
    return file.map(found -> found.metadata.path(field).asText("")).orElse("");
  }

  /** A batch task's status follows from its parts'; how the platform does it is not verified. */
  static String status(List<Task> parts) {
    if (parts.stream().allMatch(Task::isDraft)) {
      return "DRAFT";
    }
    if (!parts.stream().allMatch(Task::hasEnded)) {
      return parts.stream().anyMatch(part -> part.status.equals("ABORTING"))
          ? "ABORTING"
          : parts.stream().allMatch(part -> part.status.equals("CREATING"))
              ? "CREATING"
              : "RUNNING";
    }
    for (String worst : List.of("FAILED", "ABORTED")) {
      if (parts.stream().anyMatch(part -> part.status.equals(worst))) {
        return worst;
      }
    }
    return "COMPLETED";
  }
}
