package io.towpath.sandbox.seqera;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A label of a workspace.
 *
 * @param value empty for simple labels; resource labels have one
 */
record Label(long id, long workspaceId, String name, String value, boolean resource) {
  ObjectNode json() {
    ObjectNode node = Answers.object();
    node.put("id", id).put("name", name);
    node.put("value", resource ? value : null);
    return node.put("resource", resource).put("isDefault", false);
  }

  boolean sameAs(String otherName, String otherValue, boolean otherResource) {
    return resource == otherResource
        && name.equalsIgnoreCase(otherName)
        && value.equalsIgnoreCase(otherValue);
  }
}
