package io.towpath.workflows.tower;

import io.towpath.workflows.model.Problem;
import java.util.List;
import java.util.Optional;

/**
 * What the platform will use for a {@link RunSpec}. With problems, the other fields may be blank.
 *
 * @param workspaceId numeric id; 0 is the personal workspace
 * @param workspace {@code org/name}, as people say it
 * @param pipeline normalised repository URL, so that two spellings are one pipeline
 * @param launchId id of the launchpad pipeline's launch, which the Launch role must send
 * @param revision revision as the platform names it
 * @param commitId the commit that the revision stood for when it was resolved
 * @param computeEnvId platform id of the compute environment
 * @param computeEnvName its name, for people
 * @param workDir work directory to send: the platform takes no default from the environment
 * @param preRunScript the environment's own script, which ours is appended to
 * @param labelIds labels that the environment or launchpad pipeline carries and that must be kept
 * @param problems everything that stands in the way, each with its place in the request
 * @param warnings what does not stand in the way but should be known
 */
public record ResolvedRun(
    long workspaceId,
    String workspace,
    String pipeline,
    Optional<String> launchId,
    String revision,
    Optional<String> commitId,
    String computeEnvId,
    String computeEnvName,
    String workDir,
    String preRunScript,
    List<Long> labelIds,
    List<Problem> problems,
    List<String> warnings) {

  public ResolvedRun {
    labelIds = labelIds == null ? List.of() : List.copyOf(labelIds);
    problems = problems == null ? List.of() : List.copyOf(problems);
    warnings = warnings == null ? List.of() : List.copyOf(warnings);
  }
}
