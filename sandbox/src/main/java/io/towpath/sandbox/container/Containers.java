package io.towpath.sandbox.container;

import io.towpath.sandbox.http.ReplyException;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The containers that the engine has, in the order in which they were made. */
final class Containers {
  /** Makes the container once its name is known to be free. */
  interface Maker {
    Container make() throws IOException;
  }

  private final Map<String, Container> byId = new LinkedHashMap<>();

  synchronized List<Container> all() {
    return List.copyOf(byId.values());
  }

  /** Adds a container, unless its name is taken. */
  synchronized Container add(String name, Maker maker) throws IOException {
    Optional<Container> holder = named(name);
    if (holder.isPresent()) {
      throw Refusals.conflict(
          "Conflict. The container name \"/%s\" is already in use by container \"%s\". You have to remove (or rename) that container to be able to reuse that name."
              .formatted(name, holder.get().id()));
    }
    Container made = maker.make();
    byId.put(made.id(), made);
    return made;
  }

  /** By whole id or by name, without a refusal. */
  synchronized Optional<Container> find(String idOrName) {
    return Optional.ofNullable(byId.get(idOrName)).or(() -> named(idOrName));
  }

  /** By whole id, by name with or without its slash, or by the beginning of an id. */
  synchronized Container get(String idOrName) {
    Container exact = byId.get(idOrName);
    if (exact != null) {
      return exact;
    }
    Optional<Container> named = named(idOrName.replaceFirst("^/", ""));
    if (named.isPresent()) {
      return named.get();
    }
    Collection<Container> begun =
        byId.values().stream()
            .filter(container -> !idOrName.isEmpty() && container.id().startsWith(idOrName))
            .toList();
    if (begun.size() > 1) {
      throw Refusals.bad("multiple IDs found with provided prefix: " + idOrName);
    }
    return begun.stream().findFirst().orElseThrow(() -> unknown(idOrName));
  }

  private static ReplyException unknown(String idOrName) {
    return Refusals.missing("No such container: " + idOrName);
  }

  private Optional<Container> named(String name) {
    return byId.values().stream().filter(container -> container.name().equals(name)).findFirst();
  }

  void remove(Container container) throws IOException {
    container.remove();
    synchronized (this) {
      byId.remove(container.id());
    }
  }
}
