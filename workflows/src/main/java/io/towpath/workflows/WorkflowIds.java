package io.towpath.workflows;

/** Business keys: pure functions of a resolved request, readable, one per piece of work. */
public final class WorkflowIds {
  private WorkflowIds() {}

  /**
   * {@code round-trip/syn51514475.3/rnaseq}.
   *
   * @param manifest names its content: moving references are resolved before the id is built
   * @param recipe the request's recipe, by default the name of its last run
   */
  public static String roundTrip(String manifest, String recipe) {
    return "round-trip/" + manifest + "/" + recipe;
  }
}
