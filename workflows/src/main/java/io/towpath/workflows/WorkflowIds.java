package io.towpath.workflows;

import io.towpath.workflows.model.SynapseId;

/** Business keys: pure functions of a resolved request, readable, one per piece of work. */
public final class WorkflowIds {
  private WorkflowIds() {}

  /**
   * {@code round-trip/syn51514475.3/rnaseq}.
   *
   * @param manifest pinned to a version: moving references are resolved before the id is built
   * @param recipe the request's recipe, by default the name of its last run
   */
  public static String roundTrip(SynapseId manifest, String recipe) {
    if (manifest.version().isEmpty()) {
      throw new IllegalArgumentException(
          manifest + " has no version, so it names no piece of work");
    }
    return "round-trip/" + manifest + "/" + recipe;
  }
}
