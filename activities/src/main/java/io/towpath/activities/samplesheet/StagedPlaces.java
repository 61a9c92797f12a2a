package io.towpath.activities.samplesheet;

import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.model.SourceId;
import io.towpath.workflows.model.SynapseId;
import io.towpath.workflows.transfer.StagedFile;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Where each file was staged to. */
final class StagedPlaces {
  private final Map<SourceId, S3Uri> byId = new HashMap<>();
  private final Map<String, SynapseId> newest = new HashMap<>();

  void add(StagedFile file) {
    byId.put(file.id(), file.uri());
    file.id()
        .synapse()
        .ifPresent(
            id ->
                newest.merge(
                    id.entity(),
                    id,
                    (a, b) -> a.version().orElse(0) >= b.version().orElse(0) ? a : b));
  }

  /**
   * The place of a version; without one, of the newest staged version: a reference without version
   * was pinned to the current one, and no version is newer than that.
   */
  Optional<S3Uri> of(SourceId id) {
    SourceId staged =
        id.synapse()
            .filter(entity -> entity.version().isEmpty())
            .map(entity -> SourceId.of(newest.getOrDefault(entity.entity(), entity)))
            .orElse(id);
    return Optional.ofNullable(byId.get(staged));
  }
}
