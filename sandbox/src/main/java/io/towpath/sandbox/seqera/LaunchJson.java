package io.towpath.sandbox.seqera;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Writes launches: of the launchpad, by id, and of a run (which lacks the run's name). */
final class LaunchJson {
  private static final List<String> TEXTS =
      List.of(
          "pipeline",
          "workDir",
          "revision",
          "commitId",
          "paramsText",
          "configText",
          "preRunScript",
          "postRunScript",
          "mainScript",
          "entryName",
          "schemaName",
          "towerConfig",
          "pipelineSchemaId",
          "headJobCpus",
          "headJobMemoryMb",
          "nextflowVersion",
          "outputDir",
          "syntaxParser",
          "optimizationId",
          "optimizationTargets");

  private LaunchJson() {}

  /** The launch as it is stored. */
  static ObjectNode stored(Launch launch) {
    ObjectNode node = common(launch);
    node.put("workspaceId", launch.workspace().personal() ? null : launch.workspace().id());
    node.set("runName", launch.request().get("runName"));
    node.putNull("launchContainer").putNull("resumeLaunchId");
    return node.put("lastUpdated", Answers.time(launch.created()));
  }

  /** The launch of a run, with what a resume must send. */
  static ObjectNode ofRun(Run run) {
    ObjectNode node = common(run.launch());
    boolean began = run.look().start().isPresent();
    node.put("resumeDir", run.launch().workDir());
    node.put("resumeCommitId", began ? run.identity().commitId() : null);
    node.set("pipelineId", run.launch().request().get("pipelineId"));
    return node;
  }

  private static ObjectNode common(Launch launch) {
    ObjectNode node = Answers.object();
    node.put("id", launch.id());
    node.set("computeEnv", launch.computeEnv().core(launch.workspace()));
    for (String field : TEXTS) {
      node.set(field, launch.request().get(field));
    }
    node.put("sessionId", launch.sessionId().orElse(null));
    node.set("configProfiles", Answers.texts(launch.profiles()));
    node.set("userSecrets", Answers.texts(Query.texts(launch.request(), "userSecrets")));
    node.set("workspaceSecrets", Answers.texts(Query.texts(launch.request(), "workspaceSecrets")));
    for (String flag : List.of("resume", "pullLatest", "stubRun")) {
      node.put(flag, launch.flag(flag));
    }
    return node.put("dateCreated", Answers.time(launch.created()));
  }
}
