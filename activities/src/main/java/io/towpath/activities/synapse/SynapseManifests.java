package io.towpath.activities.synapse;

import io.towpath.activities.fanout.PageRunner;
import io.towpath.activities.samplesheet.ManifestSource;
import io.towpath.activities.samplesheet.Sheet;
import io.towpath.workflows.model.SynapseId;
import io.towpath.workflows.samplesheet.SheetRules;
import io.towpath.workflows.synapse.ManifestVersion;
import java.util.Optional;
import java.util.function.Supplier;

/** Manifests as they lie in Synapse; what was seen of their files before is not asked again. */
public final class SynapseManifests implements ManifestSource {
  private final SynapseConnections connections;
  private final ManifestReader reader;
  private final PageRunner pages;
  private final Supplier<Attempt> attempts;

  /**
   * @param attempts the attempt that a look is part of, {@code Attempt::ofActivity} in a worker
   */
  public SynapseManifests(
      SynapseConnections connections, PageRunner pages, Supplier<Attempt> attempts) {
    this.connections = connections;
    this.reader = new ManifestReader(connections);
    this.pages = pages;
    this.attempts = attempts;
  }

  @Override
  public SeenManifest look(String connection, SynapseId manifest, String name, SheetRules rules) {
    Attempt attempt = attempts.get();
    ManifestVersion version =
        new ManifestVersion(manifest, name, Optional.empty(), 0, Optional.empty());
    byte[] bytes = reader.read(connection, version);
    ManifestFiles files =
        ManifestFiles.of(
            bytes, version, rules, connections.get(connection), pages, attempt::heartbeat);
    return new SeenManifest(Sheet.of(bytes, name, rules), files.files());
  }
}
