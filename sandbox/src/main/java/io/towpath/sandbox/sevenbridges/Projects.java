package io.towpath.sandbox.sevenbridges;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** All projects by id. */
final class Projects {
  private final Map<String, Project> byId = new LinkedHashMap<>();

  Collection<Project> all() {
    return byId.values();
  }

  Optional<Project> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** A new project; names are not unique, so its id may get a number. */
  Project create(
      String owner,
      String name,
      String billingGroup,
      String rootFolder,
      Instant now,
      Instant visible) {
    String slug = slug(name);
    String id = owner + "/" + slug;
    for (int number = 1; byId.containsKey(id); number++) {
      id = owner + "/" + slug + "-" + number;
    }
    Project project =
        new Project(new Project.Identity(id, owner, rootFolder, now, visible), name, billingGroup);
    byId.put(id, project);
    return project;
  }

  void remove(Project project) {
    byId.remove(project.id());
  }

  /** The short name that ids are made of. */
  static String slug(String name) {
    String slug = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]+", "-");
    String trimmed = slug.replaceAll("^-+|-+$", "");
    return trimmed.isEmpty() ? "unnamed" : trimmed;
  }
}
