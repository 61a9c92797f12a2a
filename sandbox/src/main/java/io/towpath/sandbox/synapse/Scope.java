package io.towpath.sandbox.synapse;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What a token must allow before a service is used ({@code @RequiredScope}). */
enum Scope {
  NONE,
  VIEW,
  WRITE,
  DELETE,
  DOWNLOAD,
  STS;

  List<String> missing(Set<String> granted) {
    List<String> missing = new ArrayList<>(needed());
    missing.removeAll(granted);
    return missing;
  }

  private List<String> needed() {
    return switch (this) {
      case NONE -> List.of();
      case VIEW -> List.of("view");
      case WRITE -> List.of("view", "modify");
      case DELETE -> List.of("modify");
      case DOWNLOAD -> List.of("view", "download");
      case STS -> List.of("view", "modify", "download");
    };
  }
}
