package io.towpath.activities.tower;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.model.Problem;
import io.towpath.workflows.tower.RunSpec;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a request's pipeline and revision stand for.
 *
 * @param repository normalised URL; empty when there is a problem
 * @param launch the launchpad's launch; missing for a repository
 * @param revision revision to send
 * @param commitId the commit that it stands for now
 */
record PipelineChoice(
    String repository, JsonNode launch, String revision, Optional<String> commitId) {
  private static final Pattern LAUNCHPAD_ID = Pattern.compile("\\d+");
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");

  /** The platform does not say whether a name is a tag or a branch; releases have numbers. */
  private static final Pattern RELEASE = Pattern.compile("[vVrR]?\\d+([._-]?[0-9A-Za-z]+)*");

  static PipelineChoice resolve(
      TowerDirectory directory, long workspace, RunSpec spec, List<Problem> problems) {
    Optional<String> url = PipelineName.url(spec.pipeline());
    JsonNode launch = MissingNode.getInstance();
    if (url.isEmpty()) {
      Optional<JsonNode> found = launchpad(directory, workspace, spec, problems);
      if (found.isEmpty()) {
        return none();
      }
      launch = found.get();
      url = PipelineName.url(RunRow.text(launch, "pipeline"));
    }
    String repository = url.orElse(RunRow.text(launch, "pipeline"));
    String asked = spec.revision().orElse(RunRow.text(launch, "revision")).strip();
    return revision(directory, workspace, spec, problems, repository, asked).withLaunch(launch);
  }

  Optional<String> launchId() {
    return Optional.of(RunRow.text(launch, "id")).filter(id -> !id.isEmpty());
  }

  private static PipelineChoice none() {
    return new PipelineChoice("", MissingNode.getInstance(), "", Optional.empty());
  }

  private PipelineChoice withLaunch(JsonNode from) {
    return new PipelineChoice(repository, from, revision, commitId);
  }

  private static Optional<JsonNode> launchpad(
      TowerDirectory directory, long workspace, RunSpec spec, List<Problem> problems) {
    String name = spec.pipeline().strip();
    Optional<String> id =
        LAUNCHPAD_ID.matcher(name).matches()
            ? Optional.of(name)
            : directory.pipelineId(workspace, name);
    try {
      Optional<JsonNode> launch =
          id.map(known -> directory.launch(workspace, known)).filter(JsonNode::isObject);
      if (launch.isPresent()) {
        return launch;
      }
    } catch (PlatformException e) {
      if (e.kind() == FailureKind.PLATFORM_UNAVAILABLE) {
        throw e;
      }
    }
    problems.add(
        new Problem(
            spec.place() + ".pipeline",
            "\""
                + name
                + "\" is neither a repository (https://…, owner/name) nor a pipeline on the"
                + " workspace's launchpad"));
    return Optional.empty();
  }

  private static PipelineChoice revision(
      TowerDirectory directory,
      long workspace,
      RunSpec spec,
      List<Problem> problems,
      String repository,
      String asked) {
    JsonNode info;
    try {
      info = directory.pipelineInfo(workspace, repository, asked);
    } catch (PlatformException e) {
      if (e.kind() == FailureKind.PLATFORM_UNAVAILABLE || e.status() == 401) {
        throw e;
      }
      String field = asked.isEmpty() ? ".pipeline" : ".revision";
      problems.add(
          new Problem(
              spec.place() + field,
              repository + " at \"" + asked + "\" does not resolve: " + e.getMessage()));
      return none();
    }
    Optional<String> commit =
        Optional.of(RunRow.text(info, "commitId"))
            .filter(id -> !id.isEmpty())
            .or(() -> COMMIT.matcher(asked).matches() ? Optional.of(asked) : Optional.empty());
    boolean moving = moves(asked, info);
    if (moving && !spec.allowMovingRef()) {
      problems.add(new Problem(spec.place() + ".revision", movingText(asked, commit)));
    }
    String sent = moving ? commit.orElse(asked) : asked;
    return new PipelineChoice(repository, MissingNode.getInstance(), sent, commit);
  }

  private static boolean moves(String revision, JsonNode info) {
    return !COMMIT.matcher(revision).matches()
        && (!RELEASE.matcher(revision).matches()
            || revision.equals(RunRow.text(info.path("manifest"), "defaultBranch")));
  }

  private static String movingText(String asked, Optional<String> commit) {
    return (asked.isEmpty() ? "no revision is given" : "\"" + asked + "\" may be a branch")
        + ", so that the same request could mean other code tomorrow; give a release tag"
        + commit.map(id -> ", or the commit " + id + " that it stands for now").orElse("")
        + ", or set allowMovingRef";
  }
}
