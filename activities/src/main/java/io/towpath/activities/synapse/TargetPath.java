package io.towpath.activities.synapse;

import io.towpath.workflows.synapse.NameRules;
import java.util.ArrayList;
import java.util.List;

/**
 * Where an output goes below the index's parent.
 *
 * @param folder path of its folder, parts joined by slashes; empty for the parent itself
 * @param name the entity's name
 */
record TargetPath(String folder, String name) {
  /** Replaces illegal names and says so in the report. */
  static final String SANITIZE = "sanitize+record";

  static TargetPath of(String path, NameRules rules) {
    List<String> parts = new ArrayList<>(List.of(path.split("/", -1)));
    if (rules.onIllegal().equals(SANITIZE)) {
      parts.replaceAll(EntityName::sanitized);
    }
    String name = parts.remove(parts.size() - 1);
    return new TargetPath(String.join("/", parts), name);
  }

  String path() {
    return folder.isEmpty() ? name : folder + "/" + name;
  }
}
