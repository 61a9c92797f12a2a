package io.towpath.sandbox.seqera;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The pipelines that were added to workspaces, ready to launch. */
final class Launchpad {
  /** One pipeline of a workspace. */
  record Entry(
      long pipelineId, Workspace workspace, String name, String description, Launch launch) {
    ObjectNode json(Set<String> attributes) {
      ObjectNode node = Answers.object();
      node.put("pipelineId", pipelineId).put("name", name).put("description", description);
      Answers.putNulls(node, "icon", "labels", "optimizationId", "optimizationStatus");
      node.put("repository", launch.pipeline());
      node.put("userId", Account.USER_ID).put("userName", Account.USER_NAME);
      node.put("userFirstName", "Towpath").put("userLastName", "Demo");
      workspace.describe(node);
      node.put("visibility", "PRIVATE").put("deleted", false);
      node.put("lastUpdated", Answers.time(launch.created()));
      if (attributes.contains("labels")) {
        node.putArray("labels");
      }
      ObjectNode env = Answers.object();
      env.put("id", launch.computeEnv().id()).put("name", launch.computeEnv().name());
      env.put("platform", ComputeEnv.PLATFORM).put("region", ComputeEnv.REGION);
      return node.set("computeEnv", attributes.contains("computeEnv") ? env : null);
    }
  }

  private final List<Entry> entries = new ArrayList<>();

  synchronized void add(Entry entry) {
    entries.add(entry);
  }

  synchronized List<Entry> of(Workspace workspace) {
    return entries.stream().filter(entry -> entry.workspace().id() == workspace.id()).toList();
  }

  Entry get(Workspace workspace, long pipelineId) {
    return of(workspace).stream()
        .filter(entry -> entry.pipelineId() == pipelineId)
        .findFirst()
        .orElseThrow(Answers::forbidden);
  }

  Optional<Entry> byLaunch(Workspace workspace, String launchId) {
    return of(workspace).stream().filter(entry -> entry.launch().id().equals(launchId)).findFirst();
  }
}
