package io.towpath.sandbox.sevenbridges;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** All volumes by id, {@code owner/name}. */
final class Volumes {
  private final Map<String, Volume> byId = new LinkedHashMap<>();

  Collection<Volume> all() {
    return byId.values();
  }

  Optional<Volume> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  void add(Volume volume) {
    byId.put(volume.id, volume);
  }

  void remove(Volume volume) {
    byId.remove(volume.id);
  }
}
