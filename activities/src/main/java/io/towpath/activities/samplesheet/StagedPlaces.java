package io.towpath.activities.samplesheet;

import io.towpath.activities.rows.Fingerprints;
import io.towpath.activities.rows.PackedRows;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.model.SourceId;
import io.towpath.workflows.model.SynapseId;
import io.towpath.workflows.transfer.StagedFile;
import java.util.Optional;

/** Where each file was staged to. */
final class StagedPlaces {
  private final PackedRows<StagedFile> byId = new PackedRows<>(StagedFile.class);
  private final Fingerprints newest = new Fingerprints();

  void add(StagedFile file) {
    byId.add(file.id().value(), file);
    file.id()
        .synapse()
        .filter(id -> version(id) >= newest.get(id.entity()).orElse(0))
        .ifPresent(id -> newest.put(id.entity(), version(id)));
  }

  /**
   * The place of a version; without one, of the newest staged version: a reference without version
   * was pinned to the current one, and no version is newer than that.
   */
  Optional<S3Uri> of(SourceId id) {
    SourceId staged =
        id.synapse()
            .filter(entity -> version(entity) == 0 && newest.get(entity.entity()).orElse(0) > 0)
            .map(entity -> entity.atVersion(newest.get(entity.entity()).getAsLong()))
            .map(SourceId::of)
            .orElse(id);
    return byId.get(staged.value()).filter(file -> file.id().equals(staged)).map(StagedFile::uri);
  }

  private static long version(SynapseId id) {
    return id.version().orElse(0);
  }
}
