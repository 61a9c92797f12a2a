package io.towpath.activities.tower;

import com.fasterxml.jackson.databind.JsonNode;
import io.towpath.activities.http.PlatformException;
import io.towpath.activities.http.Recent;
import io.towpath.workflows.failure.FailureKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What seldom changes on one connection, asked for once in five minutes. */
final class TowerDirectory {
  private static final Duration FRESH = Duration.ofMinutes(5);

  private final TowerClient client;
  private final TowerConnection connection;
  private final Recent<JsonNode> answers = new Recent<>(FRESH);

  TowerDirectory(TowerClient client, TowerConnection connection) {
    this.client = client;
    this.connection = connection;
  }

  /** Asks anew next time: something was wrong, and somebody will mend it. */
  void forget() {
    answers.forget();
  }

  /** The connection's workspace; fails with {@code INPUT_REJECTED} when there is none such. */
  Workspace workspace() {
    JsonNode user = answers.get("user", client::userInfo).path("user");
    String userName = RunRow.text(user, "userName");
    if (connection.workspace().isEmpty()) {
      return new Workspace(0, "user/" + userName);
    }
    String wanted = connection.workspace().get();
    return named(wanted, rows(user))
        .orElseThrow(
            () ->
                new PlatformException(
                    FailureKind.INPUT_REJECTED, missing(wanted, userName, rows(user))));
  }

  /** The user's name at the platform. */
  String user() {
    return RunRow.text(answers.get("user", client::userInfo).path("user"), "userName");
  }

  /** The user's roles in a workspace; none in the personal one. */
  List<String> roles(Workspace workspace) {
    List<String> roles = new ArrayList<>();
    if (workspace.id() != 0) {
      JsonNode user = answers.get("user", client::userInfo).path("user");
      for (JsonNode row : rows(user)) {
        if (RunRow.text(row, "workspaceId").equals(String.valueOf(workspace.id()))) {
          row.path("roles").forEach(role -> roles.add(role.asText()));
        }
      }
    }
    return roles;
  }

  /** Where people watch the run. */
  String watchUrl(long workspaceId, String runId) {
    JsonNode user = answers.get("user", client::userInfo).path("user");
    Workspace workspace =
        workspaceId == 0
            ? new Workspace(0, "user/" + RunRow.text(user, "userName"))
            : named(String.valueOf(workspaceId), rows(user))
                .orElse(new Workspace(workspaceId, "-/" + workspaceId));
    return workspace.watchUrl(connection.endpoint().toString(), runId);
  }

  List<JsonNode> computeEnvs(long workspace) {
    List<JsonNode> available = new ArrayList<>();
    for (JsonNode row :
        answers.get("compute-envs " + workspace, () -> client.computeEnvs(workspace))) {
      if (RunRow.text(row, "status").equals("AVAILABLE")) {
        available.add(row);
      }
    }
    return available;
  }

  JsonNode computeEnv(long workspace, String id) {
    return answers.get(
        "compute-env " + workspace + " " + id, () -> client.computeEnv(workspace, id));
  }

  /** The launch of a launchpad pipeline, by its numeric id. */
  JsonNode launch(long workspace, String pipelineId) {
    return answers.get(
        "launch " + workspace + " " + pipelineId,
        () -> client.pipelineLaunch(workspace, pipelineId));
  }

  /** The same by the launch's own id, as a resolved run carries it. */
  JsonNode launchById(long workspace, String launchId) {
    return answers.get(
        "launch-id " + workspace + " " + launchId, () -> client.launchById(workspace, launchId));
  }

  JsonNode pipelineInfo(long workspace, String repository, String revision) {
    return answers.get(
        "info " + workspace + " " + repository + " " + revision,
        () -> client.pipelineInfo(workspace, repository, revision));
  }

  /** The launchpad pipeline with exactly this name, over all pages. */
  Optional<String> pipelineId(long workspace, String name) {
    int offset = 0;
    while (true) {
      int from = offset;
      JsonNode page =
          answers.get(
              "pipelines " + workspace + " " + from + " " + name,
              () -> client.pipelines(workspace, name, from));
      for (JsonNode row : page) {
        if (RunRow.text(row, "name").equals(name)) {
          return Optional.of(RunRow.text(row, "pipelineId"));
        }
      }
      if (page.size() < TowerClient.PAGE) {
        return Optional.empty();
      }
      offset += page.size();
    }
  }

  private JsonNode rows(JsonNode user) {
    return answers.get("workspaces", () -> client.workspaces(RunRow.text(user, "id")));
  }

  private static Optional<Workspace> named(String wanted, JsonNode rows) {
    for (JsonNode row : rows) {
      String id = RunRow.text(row, "workspaceId");
      if (!id.isEmpty() && (id.equals(wanted) || path(row).equalsIgnoreCase(wanted))) {
        return Optional.of(new Workspace(Long.parseLong(id), path(row)));
      }
    }
    return Optional.empty();
  }

  private static String path(JsonNode row) {
    return RunRow.text(row, "orgName") + "/" + RunRow.text(row, "workspaceName");
  }

  private static String missing(String wanted, String userName, JsonNode rows) {
    List<String> known = new ArrayList<>();
    String hint = "";
    for (JsonNode row : rows) {
      if (!RunRow.text(row, "workspaceId").isEmpty()) {
        known.add(path(row));
      } else if (RunRow.text(row, "orgId").equals(wanted)
          || RunRow.text(row, "orgName").equalsIgnoreCase(wanted)) {
        hint = " (that is an organization)";
      }
    }
    return "Seqera user "
        + userName
        + " sees no workspace "
        + wanted
        + hint
        + "; set TOWER_WORKSPACE_ID to one of: "
        + String.join(", ", known);
  }
}
