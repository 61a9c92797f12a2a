package io.towpath.sandbox.synapse;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What a token must allow before a service is used ({@code @RequiredScope}). */
enum Scope {
  NONE,
  VIEW("view"),
  WRITE("view", "modify"),
  DELETE("modify"),
  DOWNLOAD("view", "download"),
  STS("view", "modify", "download");

  private final List<String> needed;

  Scope(String... needed) {
    this.needed = List.of(needed);
  }

  List<String> missing(Set<String> granted) {
    List<String> missing = new ArrayList<>(needed);
    missing.removeAll(granted);
    return missing;
  }
}
