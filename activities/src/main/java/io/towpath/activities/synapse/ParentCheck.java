package io.towpath.activities.synapse;

import com.fasterxml.jackson.databind.JsonNode;
import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.model.Problem;
import io.towpath.workflows.synapse.SynapseActivities.IndexParent;
import java.util.Optional;

/** Whether results may be filed in a folder. */
final class ParentCheck {
  private ParentCheck() {}

  /** What is in the way; empty when nothing is. */
  static Optional<Problem> of(IndexParent parent, SynapseAccount account) {
    return problem(parent.id().entity(), account)
        .map(text -> new Problem(parent.place(), parent.id() + " " + text));
  }

  private static Optional<String> problem(String id, SynapseAccount account) {
    try {
      String type = account.client().entity(id).path("concreteType").asText("");
      if (!type.endsWith(".Folder") && !type.endsWith(".Project")) {
        return Optional.of(
            "is of type "
                + type.substring(type.lastIndexOf('.') + 1)
                + "; expected a folder or a project");
      }
      return missingRight(account.client().permissions(id), account.user().name());
    } catch (PlatformException e) {
      return switch (e.status()) {
        case 404 -> Optional.of("does not exist, or lies in the trash; expected a folder");
        case 403 ->
            Optional.of(
                "may not be seen by "
                    + account.user().name()
                    + "; ask its owner for the rights to view and create");
        case 400 -> Optional.of("is refused by Synapse: " + e.getMessage());
        default -> throw e;
      };
    }
  }

  private static Optional<String> missingRight(JsonNode rights, String user) {
    boolean certified = rights.path("isCertifiedUser").asBoolean(true);
    boolean needed = rights.path("isCertificationRequired").asBoolean(true);
    if (rights.path("canAddChild").asBoolean(false) && (certified || !needed)) {
      return Optional.empty();
    }
    if (!certified && needed) {
      return Optional.of(
          "takes files of certified users only; "
              + user
              + " must pass the certification quiz at https://www.synapse.org");
    }
    return Optional.of("may not be written by " + user + "; ask its owner for the create right");
  }
}
