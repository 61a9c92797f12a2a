package io.towpath.sandbox.synapse;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * Whether an update makes a version, and what that version is called (EntityManagerImpl).
 *
 * @param label empty for the version's own number
 */
record VersionPlan(boolean newVersion, Optional<String> label, Optional<String> comment) {
  private static final int MAX_LABEL = 256;

  static VersionPlan of(Node node, ObjectNode given, boolean wanted, boolean contentChanged) {
    if (!node.type.isVersionable()) {
      return new VersionPlan(false, Optional.empty(), Optional.empty());
    }
    Optional<String> label = Json.text(given, "versionLabel");
    if (contentChanged && !wanted) {
      return new VersionPlan(true, Optional.empty(), Optional.empty());
    }
    if (!wanted && label.isEmpty()) {
      label = Optional.of(node.current().label);
    }
    VersionPlan plan = new VersionPlan(wanted, label, Json.text(given, "versionComment"));
    plan.requireUnique(node);
    return plan;
  }

  private void requireUnique(Node node) {
    if (label.isEmpty()) {
      return;
    }
    String wanted = label.get();
    if (wanted.length() > MAX_LABEL) {
      throw Refusals.badRequest("Version label cannot exceed " + MAX_LABEL + " characters");
    }
    for (Revision other : node.revisions.values()) {
      boolean itself = !newVersion && node.isCurrent(other);
      if (!itself && other.label.equalsIgnoreCase(wanted)) {
        throw Refusals.badRequest(
            "Duplicate entry '"
                + node.id.substring(3)
                + "-"
                + wanted
                + "' for key 'JDOREVISION.UNIQUE_REVISION_LABEL'");
      }
    }
  }

  /** Names the version; a fresh one has no provenance until it is told. */
  void apply(Revision revision) {
    label.ifPresent(text -> revision.label = text);
    revision.comment = comment;
  }
}
