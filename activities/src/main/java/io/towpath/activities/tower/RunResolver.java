package io.towpath.activities.tower;

import com.fasterxml.jackson.databind.JsonNode;
import io.towpath.workflows.model.Problem;
import io.towpath.workflows.tower.ResolvedRun;
import io.towpath.workflows.tower.RunSpec;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Turns a request's words into the platform's ids, and lists everything that is wrong. */
final class RunResolver {
  private final TowerDirectory directory;

  RunResolver(TowerDirectory directory) {
    this.directory = directory;
  }

  ResolvedRun resolve(RunSpec spec) {
    List<Problem> problems = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    Workspace workspace = directory.workspace();
    PipelineChoice pipeline = PipelineChoice.resolve(directory, workspace.id(), spec, problems);
    JsonNode environment =
        new ComputeEnvChoice(directory, workspace.id()).resolve(spec, pipeline.launch(), problems);
    String workDir = workDir(pipeline.launch(), environment);
    if (environment.isObject() && workDir.isEmpty()) {
      problems.add(
          new Problem(
              spec.place() + ".computeEnv",
              "compute environment "
                  + RunRow.text(environment, "name")
                  + " has no work directory"));
    }
    if (problems.isEmpty() && pipeline.commitId().isEmpty()) {
      warnings.add(
          spec.place()
              + ".revision: the platform names no commit for "
              + pipeline.revision()
              + "; a moved tag would not be noticed");
    }
    if (!problems.isEmpty()) {
      directory.forget();
    }
    return new ResolvedRun(
        workspace.id(),
        workspace.path(),
        pipeline.repository(),
        pipeline.launchId(),
        pipeline.revision(),
        pipeline.commitId(),
        RunRow.text(environment, "id"),
        RunRow.text(environment, "name"),
        workDir,
        script(pipeline.launch(), environment),
        labels(pipeline.launch(), environment),
        problems,
        warnings);
  }

  private static String workDir(JsonNode launch, JsonNode environment) {
    String ofLaunch = RunRow.text(launch, "workDir");
    return ofLaunch.isEmpty() ? RunRow.text(environment.path("config"), "workDir") : ofLaunch;
  }

  /** The launchpad's script stands in place of the environment's, as on the platform. */
  private static String script(JsonNode launch, JsonNode environment) {
    String ofLaunch = RunRow.text(launch, "preRunScript");
    return ofLaunch.isEmpty() ? RunRow.text(environment.path("config"), "preRunScript") : ofLaunch;
  }

  /**
   * Cost-centre labels of the environment. None are named for a launchpad pipeline, which inherits
   * its labels only when the launch names none.
   */
  private static List<Long> labels(JsonNode launch, JsonNode environment) {
    Set<Long> ids = new LinkedHashSet<>();
    if (!launch.isObject()) {
      environment.path("labels").forEach(label -> ids.add(label.path("id").asLong()));
    }
    return List.copyOf(ids);
  }
}
