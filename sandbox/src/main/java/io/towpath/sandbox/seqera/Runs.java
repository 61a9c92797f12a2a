package io.towpath.sandbox.seqera;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All runs of all workspaces. Deleted runs are gone, as on the platform. */
final class Runs {
  private final Map<String, Run> byId = new LinkedHashMap<>();
  private final Map<String, Launch> launches = new LinkedHashMap<>();

  synchronized void add(Run run) {
    byId.put(run.id(), run);
    launches.put(run.launch().id(), run.launch());
  }

  /** The run, if it is of this workspace; otherwise forbidden, as the platform says of both. */
  synchronized Run get(Workspace workspace, String id) {
    Run run = byId.get(id);
    if (run == null || run.launch().workspace().id() != workspace.id()) {
      throw Answers.forbidden();
    }
    return run;
  }

  synchronized Optional<Run> byLaunch(Workspace workspace, String launchId) {
    return in(workspace).stream().filter(run -> run.launch().id().equals(launchId)).findFirst();
  }

  synchronized Optional<Launch> launch(Workspace workspace, String launchId) {
    return Optional.ofNullable(launches.get(launchId))
        .filter(launch -> launch.workspace().id() == workspace.id());
  }

  /** Every run of the workspace, newest first, also those that listings do not show yet. */
  synchronized List<Run> in(Workspace workspace) {
    List<Run> runs = new ArrayList<>(byId.values());
    runs.removeIf(run -> run.launch().workspace().id() != workspace.id());
    Collections.reverse(runs);
    return runs;
  }

  List<Run> listed(Workspace workspace, Instant now) {
    return in(workspace).stream()
        .filter(run -> !now.isBefore(run.identity().visibleFrom()))
        .toList();
  }

  synchronized List<Run> ofSession(String sessionId) {
    return byId.values().stream()
        .filter(run -> run.identity().sessionId().equals(sessionId))
        .toList();
  }

  /** Whether the pair that the platform's database keeps unique exists. */
  boolean taken(String runName, String sessionId) {
    return ofSession(sessionId).stream().anyMatch(run -> run.identity().runName().equals(runName));
  }

  synchronized void delete(Run run) {
    byId.remove(run.id());
  }
}
