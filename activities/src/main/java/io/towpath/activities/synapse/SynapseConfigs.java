package io.towpath.activities.synapse;

import io.towpath.activities.configfile.ConfigSource;
import io.towpath.workflows.model.ManifestVersion;
import io.towpath.workflows.model.SynapseId;
import java.util.Optional;

/** Configuration files that are files in Synapse. */
public final class SynapseConfigs implements ConfigSource {
  private final ManifestReader files;

  public SynapseConfigs(SynapseConnections connections) {
    this.files = new ManifestReader(connections);
  }

  @Override
  public SynapseId pin(String connection, SynapseId id) {
    return files.pinFile(connection, id, "a configuration file, YAML or JSON").id();
  }

  @Override
  public byte[] read(String connection, SynapseId id) {
    return files.bytes(
        connection,
        new ManifestVersion(id, "", Optional.empty(), 0, Optional.empty(), Optional.empty()));
  }
}
