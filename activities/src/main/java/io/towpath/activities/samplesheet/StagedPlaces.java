package io.towpath.activities.samplesheet;

import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.model.SynapseId;
import io.towpath.workflows.transfer.StagedFile;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Where each file was staged to. */
final class StagedPlaces {
  private final Map<String, S3Uri> byVersion = new HashMap<>();
  private final Map<String, SynapseId> newest = new HashMap<>();

  void add(StagedFile file) {
    byVersion.put(file.id().value(), file.uri());
    newest.merge(
        file.id().entity(),
        file.id(),
        (a, b) -> a.version().orElse(0) >= b.version().orElse(0) ? a : b);
  }

  /**
   * The place of a version; without one, of the newest staged version: a reference without version
   * was pinned to the current one, and no version is newer than that.
   */
  Optional<S3Uri> of(SynapseId id) {
    SynapseId version = id.version().isPresent() ? id : newest.getOrDefault(id.entity(), id);
    return Optional.ofNullable(byVersion.get(version.value()));
  }
}
