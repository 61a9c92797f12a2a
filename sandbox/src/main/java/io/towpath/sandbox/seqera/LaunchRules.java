package io.towpath.sandbox.seqera;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.engine.Repository;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What the platform checks of a launch before it accepts it, and what it fills in. */
final class LaunchRules {
  private static final int MOST_LABELS = 25;

  private final Account account;
  private final Runs runs;
  private final Launchpad launchpad;
  private final Labels labels;
  private final Ids ids;
  private final boolean keepsClientSession;

  LaunchRules(
      Account account,
      Runs runs,
      Launchpad launchpad,
      Labels labels,
      Ids ids,
      boolean keepsClientSession) {
    this.account = account;
    this.runs = runs;
    this.launchpad = launchpad;
    this.labels = labels;
    this.ids = ids;
    this.keepsClientSession = keepsClientSession;
  }

  /** The launch that the request means, or the platform's refusal. */
  Launch check(Workspace workspace, ObjectNode sent, String workflowId, Instant now) {
    ObjectNode request = LaunchFields.of(sent);
    String id = Query.text(request, "id");
    Optional<Run> earlier = runs.byLaunch(workspace, id);
    Optional<Launchpad.Entry> pad = launchpad.byLaunch(workspace, id);
    if (!workspace.mayQuickLaunch() && pad.isEmpty()) {
      throw Answers.forbidden();
    }
    if (!id.isEmpty() && earlier.isEmpty() && pad.isEmpty()) {
      throw Answers.forbidden();
    }
    pad.ifPresent(entry -> fillIn(request, entry));
    ComputeEnv env = computeEnv(workspace, request);
    checkTexts(request, env);
    Optional<String> session = session(request, earlier, env);
    request.put("workDir", workDir(request, workflowId));
    labels.check(workspace, Query.numbers(request, "labelIds"), MOST_LABELS);
    String sessionId = session.orElseGet(ids::session);
    checkUnique(request, sessionId);
    return new Launch(ids.base62(), workspace, env, request, Optional.of(sessionId), now);
  }

  /** Takes what the request left out from the launchpad, its labels included. */
  private static void fillIn(ObjectNode request, Launchpad.Entry entry) {
    for (Map.Entry<String, JsonNode> field : entry.launch().request().properties()) {
      if (request.path(field.getKey()).isMissingNode() || request.path(field.getKey()).isNull()) {
        request.set(field.getKey(), field.getValue());
      }
    }
    request.put("pipelineId", entry.pipelineId());
  }

  private ComputeEnv computeEnv(Workspace workspace, ObjectNode request) {
    String id = Query.text(request, "computeEnvId");
    if (id.isEmpty()) {
      throw Answers.badRequest("Missing launching environment profile");
    }
    ComputeEnv env =
        account
            .computeEnv(workspace, id)
            .orElseThrow(() -> Answers.badRequest("Unknown compute environment with id: " + id));
    if (!env.available()) {
      throw Answers.badRequest(
          "Compute environment '"
              + env.name()
              + "' is not available (status "
              + env.status()
              + ")");
    }
    return env;
  }

  private static void checkTexts(ObjectNode request, ComputeEnv env) {
    if (Query.text(request, "pipeline").isBlank()) {
      throw Answers.badRequest("Missing launching pipeline");
    }
    if (Query.text(request, "workDir").isBlank()) {
      throw Answers.badRequest("Missing launching work directory");
    }
    if (env.workDir().startsWith("s3://") && !Query.text(request, "workDir").startsWith("s3://")) {
      throw Answers.badRequest("Work directory must be an S3 bucket path, starting with s3://");
    }
    String runName = Query.text(request, "runName");
    if (!runName.isEmpty()) {
      RunName.check(runName);
    }
    LaunchTexts.check(request);
  }

  /** The session to run in; empty for a new one of the platform's own. */
  private Optional<String> session(ObjectNode request, Optional<Run> earlier, ComputeEnv env) {
    String sent = Query.text(request, "sessionId");
    if (!request.path("resume").asBoolean(false)) {
      return Optional.of(sent).filter(id -> keepsClientSession && !id.isEmpty()).map(this::uuid);
    }
    if (sent.isEmpty()) {
      throw Answers.badRequest("Field 'sessionId' with value 'null' must not be null");
    }
    String sessionId = uuid(sent);
    earlier.ifPresent(run -> checkOverwritten(run, request, sessionId, env));
    if (runs.ofSession(sessionId).stream().anyMatch(run -> !run.look().ended())) {
      throw Answers.badRequest(
          "Session ID '" + sessionId + "' is already in use by a workflow that is still running");
    }
    return Optional.of(sessionId);
  }

  private static void checkOverwritten(
      Run run, ObjectNode request, String sessionId, ComputeEnv env) {
    if (run.look().start().isEmpty()) {
      throw Answers.badRequest("Workflow '" + run.id() + "' never started: it cannot be resumed");
    }
    require("sessionId", sessionId, run.identity().sessionId());
    require("revision", Query.text(request, "revision"), run.identity().commitId());
    String workDir = Query.text(request, "workDir").replaceFirst("/+$", "");
    require("workDir", workDir, run.launch().workDir());
    String pipeline = Repository.nameOf(Query.text(request, "pipeline"));
    require("pipeline", pipeline, run.identity().repository().name());
    boolean sameEnv = env.id().equals(run.launch().computeEnv().id());
    if (!sameEnv && !run.launch().workDir().startsWith(env.workDir())) {
      throw Answers.badRequest(
          "Compute environment '"
              + env.name()
              + "' cannot reach the work directory to resume from");
    }
  }

  private static void require(String field, String sent, String known) {
    if (!sent.equals(known)) {
      throw Answers.badRequest(
          "Field '" + field + "' cannot be changed on resume: expected '" + known + "'");
    }
  }

  private void checkUnique(ObjectNode request, String sessionId) {
    String runName = Query.text(request, "runName");
    if (!runName.isEmpty() && runs.taken(runName, sessionId)) {
      throw Answers.badRequest(
          "A workflow with run name '" + runName + "' and session ID '" + sessionId + "' exists");
    }
  }

  /** Without the trailing slash; below the bucket's root the platform chooses a folder itself. */
  private static String workDir(ObjectNode request, String workflowId) {
    String workDir = Query.text(request, "workDir").replaceFirst("/+$", "");
    boolean root = workDir.indexOf('/', "s3://".length()) < 0;
    return root && !request.path("resume").asBoolean(false)
        ? workDir + "/scratch/" + workflowId
        : workDir;
  }

  private String uuid(String text) {
    try {
      return UUID.fromString(text).toString();
    } catch (IllegalArgumentException e) {
      throw Answers.badRequest("Invalid session ID '" + text + "': not a UUID");
    }
  }
}
