package io.towpath.activities.sevenbridges;

import com.fasterxml.jackson.databind.JsonNode;
import io.towpath.workflows.sevenbridges.ResolvedTarget;
import io.towpath.workflows.sevenbridges.ResolvedTarget.Volume;
import io.towpath.workflows.sevenbridges.TargetSpec;
import java.util.Optional;

/** Looks up everything that a request names, and tells all that stands in the way. */
final class TargetResolver {
  private final SevenBridgesClient client;
  private final Runnable heartbeat;

  /**
   * @param heartbeat called between looks, which wait for their turn where the quota is short
   */
  TargetResolver(SevenBridgesClient client, Runnable heartbeat) {
    this.client = client;
    this.heartbeat = heartbeat;
  }

  ResolvedTarget resolve(TargetSpec spec) {
    Obstacles obstacles = new Obstacles(client.user().path("username").asText(""));
    ProjectCheck projects = new ProjectCheck(client, spec, obstacles);
    Optional<JsonNode> project = projects.project();
    heartbeat.run();
    Optional<String> billingGroup =
        project.isEmpty() && spec.createProject() ? projects.billingGroup() : Optional.empty();
    heartbeat.run();
    String app = new AppCheck(client, spec, obstacles).pinned();
    heartbeat.run();
    VolumeCheck volumes = new VolumeCheck(client, obstacles);
    Optional<Volume> from = volumes.toImportFrom("import.volume", spec.importVolume());
    heartbeat.run();
    Optional<Volume> to =
        spec.exportVolume().flatMap(id -> volumes.toExportTo("collate.export.volume", id));
    return new ResolvedTarget(
        project.isPresent(),
        billingGroup,
        app,
        from,
        to,
        obstacles.problems(),
        obstacles.warnings());
  }
}
