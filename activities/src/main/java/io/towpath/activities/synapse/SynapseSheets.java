package io.towpath.activities.synapse;

import io.towpath.activities.samples.SheetSource;
import io.towpath.activities.store.Digests;
import io.towpath.workflows.model.ManifestVersion;
import io.towpath.workflows.model.SynapseId;
import io.towpath.workflows.samples.SheetVersion;
import java.util.Optional;

/** Sample sheets that are files in Synapse. */
public final class SynapseSheets implements SheetSource {
  private static final String SCHEME = "syn://";

  private final ManifestReader files;

  public SynapseSheets(SynapseConnections connections) {
    this.files = new ManifestReader(connections);
  }

  @Override
  public SheetVersion pin(String connection, SynapseId id) {
    ManifestVersion pinned =
        files.pinFile(connection, id, "the file of a sample sheet, CSV or TSV");
    return new SheetVersion(
        connection,
        SCHEME + pinned.id(),
        pinned.key(),
        pinned.name(),
        pinned.md5().orElseGet(() -> Digests.md5(files.bytes(connection, pinned))));
  }

  @Override
  public byte[] read(SheetVersion sheet) {
    SynapseId id = new SynapseId(sheet.uri().substring(SCHEME.length()));
    return files.bytes(
        sheet.connection(),
        new ManifestVersion(
            id, sheet.name(), Optional.of(sheet.md5()), 0, Optional.empty(), Optional.empty()));
  }
}
