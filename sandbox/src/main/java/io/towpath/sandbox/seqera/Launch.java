package io.towpath.sandbox.seqera;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A launch: what was or can be run, with everything that the request left to defaults filled in.
 *
 * @param request the fields of the vendor's WorkflowLaunchRequest, with defaults
 * @param sessionId empty on the launchpad, where no run exists yet
 */
record Launch(
    String id,
    Workspace workspace,
    ComputeEnv computeEnv,
    ObjectNode request,
    Optional<String> sessionId,
    Instant created) {
  String pipeline() {
    return text("pipeline");
  }

  String revision() {
    return text("revision");
  }

  String workDir() {
    return text("workDir");
  }

  String text(String name) {
    return Query.text(request, name);
  }

  boolean flag(String name) {
    return request.path(name).asBoolean(false);
  }

  List<String> profiles() {
    return Query.texts(request, "configProfiles");
  }
}
