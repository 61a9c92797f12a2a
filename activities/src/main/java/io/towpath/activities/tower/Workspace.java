package io.towpath.activities.tower;

/**
 * A workspace of the connection.
 *
 * @param id numeric id; 0 is the personal workspace
 * @param path {@code org/name}, or {@code user/name} of the personal one
 */
record Workspace(long id, String path) {
  /** Where people watch a run: the API's root without {@code api.} and {@code /api}. */
  String watchUrl(String endpoint, String runId) {
    String web =
        endpoint
            .replaceFirst("/+$", "")
            .replaceFirst("/api$", "")
            .replaceFirst("^(https?://)api\\.", "$1");
    int slash = path.indexOf('/');
    String owner = path.substring(0, slash);
    String name = path.substring(slash + 1);
    return id == 0
        ? web + "/user/" + name + "/watch/" + runId
        : web + "/orgs/" + owner + "/workspaces/" + name + "/watch/" + runId;
  }
}
