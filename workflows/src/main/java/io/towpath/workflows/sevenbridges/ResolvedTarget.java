package io.towpath.workflows.sevenbridges;

import io.towpath.workflows.model.Problem;
import java.util.List;
import java.util.Optional;

/**
 * What a {@link TargetSpec} means on the platform.
 *
 * @param projectExists whether the project is there
 * @param billingGroup id of the billing group of a new project
 * @param app the app with its revision, {@code owner/project/name/revision}
 * @param importVolume the volume to import from
 * @param exportVolume the volume to export to
 * @param problems everything that stands in the way
 * @param warnings what does not, but should be known
 */
public record ResolvedTarget(
    boolean projectExists,
    Optional<String> billingGroup,
    String app,
    Optional<Volume> importVolume,
    Optional<Volume> exportVolume,
    List<Problem> problems,
    List<String> warnings) {
  public ResolvedTarget {
    problems = problems == null ? List.of() : List.copyOf(problems);
    warnings = warnings == null ? List.of() : List.copyOf(warnings);
  }

  /**
   * A volume.
   *
   * @param id {@code owner/name}
   * @param prefix its prefix in the bucket, without slashes at its ends; empty for the whole bucket
   * @param writable whether it takes exports
   */
  public record Volume(String id, String bucket, String prefix, boolean writable) {}
}
