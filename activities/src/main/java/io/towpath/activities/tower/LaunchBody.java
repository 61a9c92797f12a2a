package io.towpath.activities.tower;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.towpath.workflows.tower.LaunchRequest;
import io.towpath.workflows.tower.ResolvedRun;
import java.util.List;
import java.util.Optional;

/**
 * The {@code launch} object of {@code POST /workflow/launch}. Fields without a value are left out.
 */
final class LaunchBody {
  private static final ObjectMapper JSON = new ObjectMapper().registerModule(new Jdk8Module());

  /** What a launchpad pipeline sets and a request has no word for. */
  private static final List<String> OF_THE_LAUNCHPAD =
      List.of(
          "configProfiles",
          "configText",
          "entryName",
          "headJobCpus",
          "headJobMemoryMb",
          "mainScript",
          "nextflowVersion",
          "outputDir",
          "paramsText",
          "pipelineSchemaId",
          "postRunScript",
          "schemaName",
          "syntaxParser",
          "towerConfig",
          "userSecrets",
          "workspaceSecrets");

  private LaunchBody() {}

  /**
   * A launch from the beginning.
   *
   * @param launchpad the launchpad's launch; missing for a repository
   */
  static ObjectNode fresh(LaunchRequest request, JsonNode launchpad) {
    ResolvedRun target = request.target();
    ObjectNode launch = common(request, launchpad);
    target.launchId().ifPresent(id -> launch.put("id", id));
    launch.put("workDir", target.workDir());
    putText(launch, "revision", target.revision());
    target.commitId().ifPresent(commit -> launch.put("commitId", commit));
    if (!target.labelIds().isEmpty()) {
      ArrayNode labels = launch.putArray("labelIds");
      target.labelIds().forEach(labels::add);
    }
    return launch;
  }

  /**
   * A launch that goes on from a failed run: in its session, its work directory, at its commit.
   * Empty when that run never began, so that there is nothing to go on from.
   *
   * @param failed the failed run, as {@code GET /workflow/{id}} shows it
   * @param itsLaunch {@code GET /workflow/{id}/launch} of it
   */
  static Optional<ObjectNode> resumed(
      LaunchRequest request, JsonNode launchpad, JsonNode failed, JsonNode itsLaunch) {
    String commit = either(itsLaunch, "resumeCommitId", failed, "commitId");
    String session = either(itsLaunch, "sessionId", failed, "sessionId");
    String workDir = either(itsLaunch, "resumeDir", failed, "workDir");
    String id = either(itsLaunch, "id", failed, "launchId");
    if (commit.isEmpty() || session.isEmpty() || workDir.isEmpty() || id.isEmpty()) {
      return Optional.empty();
    }
    ObjectNode launch = common(request, launchpad);
    launch.put("id", id);
    launch.put("resume", true);
    launch.put("sessionId", session);
    launch.put("workDir", workDir);
    launch.put("revision", commit);
    String environment = RunRow.text(itsLaunch.path("computeEnv"), "id");
    if (!environment.isEmpty() && !request.moves()) {
      launch.put("computeEnvId", environment);
    }
    String pipeline = RunRow.text(itsLaunch, "pipeline");
    if (!pipeline.isEmpty()) {
      launch.put("pipeline", pipeline);
    }
    if (!request.target().labelIds().isEmpty()) {
      ArrayNode labels = launch.putArray("labelIds");
      request.target().labelIds().forEach(labels::add);
    }
    return Optional.of(launch);
  }

  private static ObjectNode common(LaunchRequest request, JsonNode launchpad) {
    ObjectNode launch = JSON.createObjectNode();
    for (String field : OF_THE_LAUNCHPAD) {
      if (launchpad.hasNonNull(field)) {
        launch.set(field, launchpad.get(field));
      }
    }
    LaunchRequest.Options options = request.options();
    launch.put("computeEnvId", request.target().computeEnvId());
    launch.put("pipeline", request.target().pipeline());
    launch.put("runName", request.runName());
    launch.put("pullLatest", false);
    launch.put("stubRun", false);
    if (!options.params().isEmpty() || !launch.has("paramsText")) {
      launch.put("paramsText", text(options));
    }
    putList(launch, "configProfiles", options.profiles());
    putList(launch, "workspaceSecrets", options.workspaceSecrets());
    options.configText().ifPresent(text -> launch.put("configText", text));
    options.entryName().ifPresent(text -> launch.put("entryName", text));
    putText(launch, "preRunScript", script(request));
    return launch;
  }

  private static String script(LaunchRequest request) {
    String own = request.options().preRunScript().orElse("");
    String before = request.target().preRunScript();
    if (before.isEmpty() || own.isEmpty()) {
      return before + own;
    }
    return before + (before.endsWith("\n") ? "" : "\n") + own;
  }

  private static String text(LaunchRequest.Options options) {
    try {
      return JSON.writeValueAsString(options.params());
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("params cannot be written as JSON", e);
    }
  }

  private static void putText(ObjectNode launch, String field, String value) {
    if (!value.isEmpty()) {
      launch.put(field, value);
    }
  }

  private static void putList(ObjectNode launch, String field, List<String> values) {
    if (!values.isEmpty()) {
      ArrayNode array = launch.putArray(field);
      values.forEach(array::add);
    }
  }

  private static String either(JsonNode first, String field, JsonNode second, String other) {
    String value = RunRow.text(first, field);
    return value.isEmpty() ? RunRow.text(second, other) : value;
  }
}
