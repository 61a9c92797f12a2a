package io.towpath.activities.synapse;

import com.fasterxml.jackson.databind.JsonNode;
import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.model.Problem;
import io.towpath.workflows.model.SynapseId;
import io.towpath.workflows.synapse.NameRules;
import io.towpath.workflows.synapse.SynapseActivities.IndexParent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * Whether results may be filed in a folder. Of the names that an index takes, the report's is known
 * before anything runs, so what it shows is told here and not after a costly run.
 */
final class ParentCheck {
  /** A round trip's business key without the version of its manifest. */
  private static final Pattern VERSION = Pattern.compile("^([^/]+/syn\\d+)\\.[^/]+");

  private ParentCheck() {}

  /** What is in the way; empty when nothing is. */
  static List<Problem> of(IndexParent parent, SynapseAccount account) {
    List<Problem> problems = new ArrayList<>();
    rights(parent.id(), account)
        .or(() -> taken(parent, account.client()))
        .ifPresent(text -> problems.add(new Problem(parent.place(), parent.id() + " " + text)));
    parent
        .storageLocation()
        .flatMap(id -> location(id, parent.bucket(), account))
        .ifPresent(
            text ->
                problems.add(
                    new Problem(parent.place().replaceFirst("parent$", "storageLocation"), text)));
    return problems;
  }

  /** What keeps a document from being filed in a folder; empty when nothing does. */
  static List<Problem> rights(SynapseId folder, String place, SynapseAccount account) {
    return rights(folder, account).map(text -> new Problem(place, folder + " " + text)).stream()
        .toList();
  }

  private static Optional<String> rights(SynapseId folder, SynapseAccount account) {
    String id = folder.entity();
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

  /** A report tells whose results the folder has. */
  private static Optional<String> taken(IndexParent parent, SynapseClient client) {
    Optional<SeenFile> report =
        client
            .child(parent.id().entity(), IndexPlan.REPORT)
            .map(id -> SeenFile.of(client.bundle(id, OptionalLong.empty())));
    if (report.isEmpty()) {
      return Optional.empty();
    }
    SeenFile seen = report.get();
    if (!seen.isFile()) {
      return Optional.of(
          "has "
              + seen.id()
              + " of type "
              + seen.type()
              + " where \""
              + IndexPlan.REPORT
              + "\" goes; rename it, or name another parent");
    }
    String owner = seen.businessKey().orElse("");
    boolean older =
        !owner.equals(parent.businessKey())
            && !owner.isEmpty()
            && withoutVersion(owner).equals(withoutVersion(parent.businessKey()));
    return older && parent.names().sharedBelow().isEmpty()
        ? Optional.of(
            "holds the results of "
                + owner
                + ", another version of this manifest, and the same file names would collide; set"
                + " index.names.onCollision to \""
                + NameRules.NEW_VERSION
                + "\" to make them new versions, or name another parent")
        : Optional.empty();
  }

  private static String withoutVersion(String businessKey) {
    return VERSION.matcher(businessKey).replaceFirst("$1");
  }

  private static Optional<String> location(long id, String bucket, SynapseAccount account) {
    try {
      JsonNode location = account.client().storageLocation(id);
      String found = location.path("bucket").asText("");
      return found.equals(bucket)
          ? Optional.empty()
          : Optional.of(
              "storage location "
                  + id
                  + " is "
                  + (found.isEmpty() ? "no bucket of its own" : "of the bucket " + found)
                  + "; the outputs are in "
                  + bucket);
    } catch (PlatformException e) {
      return switch (e.status()) {
        case 400, 404 -> Optional.of("there is no storage location " + id);
        case 403 ->
            Optional.of(
                "storage location "
                    + id
                    + " was not made by "
                    + account.user().name()
                    + ", and Synapse lets only its maker file objects by it; name one of your own,"
                    + " or auto");
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
