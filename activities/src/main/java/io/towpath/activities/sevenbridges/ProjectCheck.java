package io.towpath.activities.sevenbridges;

import com.fasterxml.jackson.databind.JsonNode;
import io.towpath.workflows.sevenbridges.TargetSpec;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Whether there is a project to work in, or one can be made. */
final class ProjectCheck {
  private static final String PLACE = "project";
  private static final String BILLING = "billingGroup";

  private final SevenBridgesClient client;
  private final TargetSpec spec;
  private final Obstacles obstacles;

  ProjectCheck(SevenBridgesClient client, TargetSpec spec, Obstacles obstacles) {
    this.client = client;
    this.spec = spec;
    this.obstacles = obstacles;
  }

  /** The project; empty where there is none yet. */
  Optional<JsonNode> project() {
    String id = spec.project();
    if (!id.matches("[^/]+/[^/]+")) {
      obstacles.problem(PLACE, "\"" + id + "\" is not owner/project, as in the project's URL");
      return Optional.empty();
    }
    Obstacles.Thing thing =
        new Obstacles.Thing(
            PLACE,
            "project " + id,
            "read, write, execute",
            spec.createProject() ? "" : "create it, or set createProject: true and billingGroup");
    Optional<JsonNode> project = obstacles.find(thing, () -> client.project(id));
    project.ifPresent(found -> rights(found.path("permissions")));
    return project;
  }

  /** Rights that the platform tells of; what it leaves out shows when it is needed. */
  private void rights(JsonNode permissions) {
    List<String> missing =
        List.of("write", "execute").stream()
            .filter(right -> permissions.has(right) && !permissions.path(right).asBoolean(true))
            .toList();
    if (!missing.isEmpty()) {
      obstacles.problem(
          PLACE,
          "user "
              + obstacles.user()
              + " lacks rights in project "
              + spec.project()
              + ": "
              + String.join(", ", missing)
              + "; ask its administrator for them");
    }
  }

  /** Id of the billing group of a project that is to be made. */
  Optional<String> billingGroup() {
    int slash = spec.project().indexOf('/');
    if (slash > 0) {
      idOfNew(spec.project().substring(0, slash), spec.project().substring(slash + 1));
    }
    return chosen(Page.all(client::billingGroups));
  }

  /** The platform makes the id of who creates the project and of its name. */
  private void idOfNew(String owner, String name) {
    String user = obstacles.user();
    if (!owner.equals(user)) {
      obstacles.problem(
          PLACE,
          "a project that user "
              + user
              + " makes is called "
              + user
              + "/"
              + name
              + "; set that, or let "
              + owner
              + " create "
              + spec.project());
    }
    if (!name.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
      obstacles.problem(
          PLACE,
          "\""
              + name
              + "\" would get another id; the name of a project that is to be made has lower-case"
              + " letters, digits and single dashes");
    }
  }

  private Optional<String> chosen(List<JsonNode> groups) {
    String wanted = spec.billingGroup().orElse("");
    List<JsonNode> fitting =
        groups.stream()
            .filter(
                group ->
                    group.path("id").asText("").equals(wanted)
                        || group.path("name").asText("").equals(wanted))
            .toList();
    if (fitting.size() == 1 && !fitting.get(0).path("disabled").asBoolean(false)) {
      return Optional.of(fitting.get(0).path("id").asText());
    }
    String known =
        groups.stream()
            .map(group -> group.path("name").asText("") + " (" + group.path("id").asText("") + ")")
            .collect(Collectors.joining(", "));
    String found =
        wanted.isEmpty()
            ? "createProject needs the name or id of a billing group"
            : fitting.isEmpty()
                ? "there is no billing group \"" + wanted + "\""
                : fitting.size() > 1
                    ? "several billing groups are called \"" + wanted + "\": give the id"
                    : "billing group \"" + wanted + "\" is disabled";
    obstacles.problem(
        BILLING,
        found
            + "; user "
            + obstacles.user()
            + " may bill to: "
            + (known.isEmpty() ? "none" : known));
    return Optional.empty();
  }
}
