package io.towpath.sandbox.sevenbridges;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** All apps by id without revision. */
final class Apps {
  private final Map<String, App> byId = new LinkedHashMap<>();

  Collection<App> all() {
    return byId.values();
  }

  Optional<App> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** The app, new when there is none of this id. */
  App orNew(String id) {
    return byId.computeIfAbsent(id, App::new);
  }

  /** A revision by an id with it, or the latest by an id without. */
  Optional<App.Revision> revision(String id) {
    Optional<App> latest = find(id);
    if (latest.isPresent()) {
      return latest.map(App::latest);
    }
    int slash = id.lastIndexOf('/');
    return slash < 0
        ? Optional.empty()
        : find(id.substring(0, slash)).flatMap(app -> app.revision(id.substring(slash + 1)));
  }
}
