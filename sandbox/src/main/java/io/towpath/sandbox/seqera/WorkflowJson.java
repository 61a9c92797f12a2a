package io.towpath.sandbox.seqera;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.engine.Repository;
import io.towpath.sandbox.engine.RunState;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Writes runs in the shapes of the list and of the detail. */
final class WorkflowJson {
  private final Labels labels;
  private final InstantSource clock;
  private final String nextflowVersion;

  WorkflowJson(Labels labels, InstantSource clock, String nextflowVersion) {
    this.labels = labels;
    this.clock = clock;
    this.nextflowVersion = nextflowVersion;
  }

  /** An element of {@code GET /workflow}. */
  ObjectNode listed(Run run, Set<String> attributes) {
    RunState state = run.look();
    ObjectNode node = Answers.object();
    ObjectNode workflow = workflow(run, state);
    boolean minimal = attributes.contains("minimal");
    if (minimal) {
      workflow.remove(
          List.of("configText", "params", "manifest", "configFiles", "errorReport", "commandLine"));
    }
    node.set("workflow", workflow);
    node.set("progress", minimal ? null : ProgressJson.progress(state, clock.instant()));
    run.launch().workspace().describe(node);
    describeExtras(node, run, attributes);
    return node.put("starred", run.starred());
  }

  /** The answer of {@code GET /workflow/{id}}. */
  ObjectNode detail(Run run, Set<String> attributes) {
    RunState state = run.look();
    ObjectNode workflow = workflow(run, state);
    workflow.put("logFile", "nf-" + run.id() + ".log").put("outFile", "nf-" + run.id() + ".txt");
    workflow.put("operationId", operationId(run));
    Answers.putNulls(workflow, "wave", "fusion");
    workflow.set("configProfiles", Answers.texts(run.launch().profiles()));
    for (String script : List.of("preRunScript", "postRunScript", "towerConfig")) {
      workflow.set(script, run.launch().request().get(script));
    }
    ObjectNode node = Answers.object();
    node.set("workflow", workflow);
    node.set("progress", ProgressJson.progress(state, clock.instant()));
    node.set("jobInfo", jobInfo(run, state));
    node.set(
        "platform", Answers.object().put("id", ComputeEnv.PLATFORM).put("name", "Amazon Batch"));
    run.launch().workspace().describe(node);
    describeExtras(node, run, attributes);
    node.set("messages", attributes.contains("messages") ? Answers.texts(List.of()) : null);
    return node.putNull("cost");
  }

  private void describeExtras(ObjectNode node, Run run, Set<String> attributes) {
    List<Label> own =
        labels.of(run.launch().workspace()).stream()
            .filter(label -> run.labels().contains(label.id()))
            .toList();
    node.set(
        "labels",
        attributes.contains("labels") ? Answers.array(own.stream().map(Label::json)) : null);
    node.put("optimized", attributes.contains("optimized") ? Boolean.FALSE : null);
    long pipelineId = run.launch().request().path("pipelineId").asLong(0);
    ObjectNode pipeline = Answers.object().put("id", pipelineId);
    pipeline.put("workspaceId", run.launch().workspace().id()).putNull("version");
    node.set(
        "pipelineInfo", attributes.contains("pipelineInfo") && pipelineId != 0 ? pipeline : null);
  }

  private ObjectNode workflow(Run run, RunState state) {
    ObjectNode node = Answers.object();
    Run.Identity identity = run.identity();
    node.put("id", identity.id()).put("launchId", run.launch().id());
    node.put("ownerId", Account.USER_ID).put("userName", Account.USER_NAME);
    node.put("runName", identity.runName()).put("sessionId", identity.sessionId());
    node.put("status", state.status()).put("resume", identity.resume());
    node.put("requiresAttention", false).putNull("deleted");
    putTimes(node, run, state);
    putSource(node, run, state);
    putOutcome(node, state);
    return node;
  }

  private void putTimes(ObjectNode node, Run run, RunState state) {
    Optional<Instant> complete = state.complete();
    node.put("submit", Answers.time(run.identity().submit()));
    node.put("dateCreated", Answers.time(run.identity().submit()));
    Answers.putTime(node, "start", state.start());
    Answers.putTime(node, "complete", complete);
    Answers.putTime(node, "lastUpdated", complete.or(() -> Optional.of(clock.instant())));
    if (complete.isPresent()) {
      Instant from = state.start().orElse(run.identity().submit());
      node.put("duration", Duration.between(from, complete.orElseThrow()).toMillis());
    } else {
      node.putNull("duration");
    }
  }

  private void putSource(ObjectNode node, Run run, RunState state) {
    Repository repository = run.identity().repository();
    Launch launch = run.launch();
    node.put("projectName", repository.name()).put("repository", repository.url());
    node.put("revision", launch.revision().isEmpty() ? null : launch.revision());
    node.put("workDir", launch.workDir()).put("profile", profile(launch));
    node.put("commandLine", commandLine(run));
    Answers.putNulls(node, "container", "containerEngine", "scriptId", "scriptFile", "homeDir");
    Answers.putNulls(node, "projectDir", "launchDir");
    if (state.start().isEmpty()) {
      Answers.putNulls(node, "commitId", "scriptName", "params", "configFiles", "configText");
      Answers.putNulls(node, "manifest", "nextflow", "stats");
      return;
    }
    String main = launch.text("mainScript").isEmpty() ? "main.nf" : launch.text("mainScript");
    node.put("commitId", run.identity().commitId()).put("scriptName", main);
    node.put("launchDir", "/home/nextflow")
        .put("projectDir", "/.nextflow/assets/" + repository.name());
    node.set("params", run.params());
    node.set("configFiles", Answers.texts(List.of("/.nextflow/assets/" + repository.name())));
    node.put("configText", launch.text("configText"));
    node.set("manifest", ManifestJson.of(repository));
    ObjectNode nextflow = Answers.object().put("version", nextflowVersion).put("build", "5928");
    node.set("nextflow", nextflow.put("timestamp", "2024-10-27T18:36:00Z"));
    node.set("stats", ProgressJson.stats(state));
  }

  private static void putOutcome(ObjectNode node, RunState state) {
    RunState.Outcome outcome = state.outcome();
    node.put("exitStatus", outcome.exitStatus().orElse(null));
    node.put("errorMessage", outcome.errorMessage().orElse(null));
    node.put("errorReport", outcome.errorReport().orElse(null));
    Boolean success = state.status().equals("SUCCEEDED");
    node.put("success", state.ended() ? success : null);
  }

  private static String commandLine(Run run) {
    StringBuilder line = new StringBuilder("nextflow run '");
    line.append(run.launch().pipeline()).append("' -name ").append(run.identity().runName());
    if (!run.params().isEmpty()) {
      line.append(" -params-file nf-").append(run.id()).append(".params.json");
    }
    line.append(" -with-tower");
    if (!run.launch().revision().isEmpty()) {
      line.append(" -r ").append(run.launch().revision());
    }
    if (!run.launch().profiles().isEmpty()) {
      line.append(" -profile ").append(String.join(",", run.launch().profiles()));
    }
    if (run.identity().resume()) {
      line.append(" -resume ").append(run.identity().sessionId());
    }
    return line.toString();
  }

  private static String profile(Launch launch) {
    return launch.profiles().isEmpty() ? "standard" : String.join(",", launch.profiles());
  }

  private static ObjectNode jobInfo(Run run, RunState state) {
    ObjectNode job = Answers.object();
    job.put("id", Math.floorMod(run.id().hashCode(), 1_000_000));
    job.put("operationId", operationId(run)).put("message", (String) null);
    job.put(
        "status", state.ended() ? "COMPLETED" : state.start().isPresent() ? "RUNNING" : "PENDING");
    job.put("exitCode", state.outcome().exitStatus().orElse(null));
    return job;
  }

  private static String operationId(Run run) {
    return java.util
        .UUID
        .nameUUIDFromBytes(run.id().getBytes(java.nio.charset.StandardCharsets.UTF_8))
        .toString();
  }
}
