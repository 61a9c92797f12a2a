package io.towpath.sandbox.sevenbridges;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All tasks by id. */
final class Tasks {
  private final Map<String, Task> byId = new LinkedHashMap<>();

  Collection<Task> all() {
    return byId.values();
  }

  Optional<Task> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  void add(Task task) {
    byId.put(task.id(), task);
  }

  void remove(Task task) {
    children(task).forEach(child -> byId.remove(child.id()));
    byId.remove(task.id());
  }

  /** The tasks that a batch task consists of. */
  List<Task> children(Task parent) {
    if (parent.batch.isEmpty()) {
      return List.of();
    }
    return byId.values().stream()
        .filter(task -> task.spec().parent().filter(parent.id()::equals).isPresent())
        .toList();
  }
}
