package io.towpath.activities.tower;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.activities.http.ApiAccount;
import io.towpath.activities.http.ApiClient;
import io.towpath.activities.http.PlatformException;
import io.towpath.activities.http.RateBudget;
import io.towpath.activities.http.Signed;
import io.towpath.workflows.failure.FailureKind;
import java.time.Duration;
import java.util.Optional;
import java.util.StringJoiner;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;

/**
 * The endpoints of Seqera Platform that Towpath uses, one method each. See {@code
 * seqera-platform-1.187.0.openapi.yaml}. A workspace id of 0 is the personal workspace.
 */
final class TowerClient {
  /** Largest page; a larger {@code max} is refused with 400. */
  static final int PAGE = 100;

  private static final int AT_ONCE = 8;

  private final HttpUrl base;
  private final ApiClient api;

  /**
   * @param account shared by the workspaces that are reached with one token
   */
  TowerClient(OkHttpClient http, ApiAccount account) {
    this.base = account.base();
    this.api = new ApiClient(http, "Seqera", account);
  }

  /** A token with its quota. */
  static ApiAccount account(String name, TowerConnection connection) {
    return new ApiAccount(
        name,
        HttpUrl.get(connection.endpoint().toString().replaceFirst("/+$", "")),
        new RateBudget(connection.callsPerSecond(), Duration.ofSeconds(1), AT_ONCE),
        request ->
            Signed.by(connection.token(), request, "Authorization", "Bearer ")
                .newBuilder()
                .header("Accept", "application/json")
                .header("Accept-Version", "1")
                .build(),
        TowerClient::words);
  }

  /** The quota of every call. */
  RateBudget quota() {
    return api.quota();
  }

  /** {@code GET /user-info} */
  JsonNode userInfo() {
    return api.get(url("user-info").build());
  }

  /** {@code GET /user/{id}/workspaces}; rows of organizations have no workspace id. */
  JsonNode workspaces(String userId) {
    return api.get(url("user", userId, "workspaces").build()).path("orgsAndWorkspaces");
  }

  /** {@code GET /compute-envs}; not paged. */
  JsonNode computeEnvs(long workspace) {
    return api.get(
            in(workspace, url("compute-envs")).addQueryParameter("status", "AVAILABLE").build())
        .path("computeEnvs");
  }

  /** {@code GET /compute-envs/{id}} with its labels and its own script. */
  JsonNode computeEnv(long workspace, String id) {
    return api.get(
            in(workspace, url("compute-envs", id))
                .addQueryParameter("attributes", "labels")
                .build())
        .path("computeEnv");
  }

  /** {@code GET /pipelines}: one page of launchpad pipelines; the search is loose. */
  JsonNode pipelines(long workspace, String search, int offset) {
    return api.get(
            in(workspace, url("pipelines"))
                .addQueryParameter("search", search)
                .addQueryParameter("max", String.valueOf(PAGE))
                .addQueryParameter("offset", String.valueOf(offset))
                .addQueryParameter("visibility", "all")
                .build())
        .path("pipelines");
  }

  /** {@code GET /pipelines/{id}/launch}: what the launchpad would launch. */
  JsonNode pipelineLaunch(long workspace, String pipelineId) {
    return api.get(in(workspace, url("pipelines", pipelineId, "launch")).build()).path("launch");
  }

  /** {@code GET /launch/{id}}: the same by the launch's own id. */
  JsonNode launchById(long workspace, String launchId) {
    return api.get(in(workspace, url("launch", launchId)).build()).path("launch");
  }

  /** {@code GET /pipelines/info}: the repository at a revision; empty is its default. */
  JsonNode pipelineInfo(long workspace, String repository, String revision) {
    HttpUrl.Builder url =
        in(workspace, url("pipelines", "info")).addQueryParameter("name", repository);
    if (!revision.isEmpty()) {
      url.addQueryParameter("revision", revision);
    }
    return api.get(url.build()).path("pipelineInfo");
  }

  /** {@code POST /workflow/launch}; returns the id of the run. */
  String launch(long workspace, ObjectNode launch) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.set("launch", launch);
    JsonNode answer = api.post(in(workspace, url("workflow", "launch")).build(), body);
    String id = answer.path("workflowId").asText("");
    if (id.isEmpty()) {
      throw new PlatformException(
          FailureKind.OUTCOME_UNKNOWN, "Seqera POST /workflow/launch answered without a run id");
    }
    return id;
  }

  /** {@code GET /workflow}: one page of runs, newest first; deleted ones are not listed. */
  JsonNode runs(long workspace, String search, int offset) {
    HttpUrl.Builder url =
        in(workspace, url("workflow"))
            .addQueryParameter("max", String.valueOf(PAGE))
            .addQueryParameter("offset", String.valueOf(offset));
    if (!search.isEmpty()) {
      url.addQueryParameter("search", search);
    }
    return api.get(url.build());
  }

  /** {@code GET /workflow/{id}}; empty when the id is unknown, for which the platform says 403. */
  Optional<JsonNode> run(long workspace, String id) {
    try {
      JsonNode answer = api.get(in(workspace, url("workflow", id)).build());
      return answer.path("workflow").isObject() ? Optional.of(answer) : Optional.empty();
    } catch (PlatformException e) {
      if (e.status() == 403 || e.status() == 404) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** {@code GET /workflow/{id}/launch}: what a resume of the run has to send. */
  JsonNode runLaunch(long workspace, String id) {
    return api.get(in(workspace, url("workflow", id, "launch")).build()).path("launch");
  }

  /** {@code GET /workflow/{id}/tasks}: one page; the search is loose. */
  JsonNode tasks(long workspace, String id, String search, int offset) {
    HttpUrl.Builder url =
        in(workspace, url("workflow", id, "tasks"))
            .addQueryParameter("max", String.valueOf(PAGE))
            .addQueryParameter("offset", String.valueOf(offset));
    if (!search.isEmpty()) {
      url.addQueryParameter("search", search);
    }
    return api.get(url.build()).path("tasks");
  }

  /** {@code GET /workflow/{id}/log/{taskId}}: the entries of a task's log. */
  JsonNode taskLog(long workspace, String id, String taskId) {
    return api.get(in(workspace, url("workflow", id, "log", taskId)).build()).path("log");
  }

  /** {@code GET /workflow/{id}/log}: a page of what Nextflow itself wrote; empty is the first. */
  JsonNode log(long workspace, String id, String next) {
    HttpUrl.Builder url = in(workspace, url("workflow", id, "log"));
    if (!next.isEmpty()) {
      url.addQueryParameter("next", next);
    }
    return api.get(url.build()).path("log");
  }

  /** {@code GET /pipeline-secrets}: names of the secrets that the workspace holds. */
  JsonNode secrets(long workspace) {
    return api.get(in(workspace, url("pipeline-secrets")).build()).path("pipelineSecrets");
  }

  /** {@code POST /workflow/{id}/cancel}; the run ends some time later. May be repeated. */
  void cancel(long workspace, String id) {
    api.post(
        in(workspace, url("workflow", id, "cancel")).build(),
        JsonNodeFactory.instance.objectNode());
  }

  private HttpUrl.Builder url(String... path) {
    HttpUrl.Builder url = base.newBuilder();
    for (String segment : path) {
      url.addPathSegment(segment);
    }
    return url;
  }

  private static HttpUrl.Builder in(long workspace, HttpUrl.Builder url) {
    return workspace == 0 ? url : url.addQueryParameter("workspaceId", String.valueOf(workspace));
  }

  /** {@code {"message"}}; newer servers add {@code errors[]} to a refused launch. */
  private static String words(JsonNode body) {
    StringJoiner words = new StringJoiner("; ");
    String message = body.path("message").asText("");
    if (!message.isEmpty()) {
      words.add(message);
    }
    body.path("errors").forEach(error -> words.add(error.path("message").asText("")));
    return words.toString();
  }
}
