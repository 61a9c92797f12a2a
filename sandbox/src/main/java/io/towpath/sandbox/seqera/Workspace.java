package io.towpath.sandbox.seqera;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A workspace that the user belongs to.
 *
 * @param id 0 for the personal workspace, which has no id on the wire
 * @param role the user's: {@code owner}, {@code maintain} or {@code launch}
 */
record Workspace(long id, long orgId, String orgName, String name, String role) {
  boolean personal() {
    return id == 0;
  }

  /** {@code org/name}. */
  String fullName() {
    return orgName + '/' + name;
  }

  boolean mayQuickLaunch() {
    return !role.equals("launch");
  }

  /** Writes the four fields that lists of runs and pipelines carry. */
  void describe(ObjectNode node) {
    if (personal()) {
      Answers.putNulls(node, "orgId", "orgName", "workspaceId", "workspaceName");
    } else {
      node.put("orgId", orgId).put("orgName", orgName);
      node.put("workspaceId", id).put("workspaceName", name);
    }
  }
}
