package io.towpath.activities.synapse;

import io.towpath.activities.rows.RecentRows;
import io.towpath.workflows.model.SynapseId;
import java.time.Duration;

/**
 * What was seen of files lately, so that a plan, the preflight of its run and the staging cost one
 * bundle call for each file together. Only for reading files, never to decide a write.
 */
final class SeenFiles {
  /** Two times this are kept; Synapse's quota lets nobody see more in ten minutes. */
  private static final int MOST = 6_000;

  private final SynapseClient client;
  private final RecentRows<SeenFile> recent;

  SeenFiles(SynapseClient client, Duration life) {
    this.client = client;
    this.recent = new RecentRows<>(SeenFile.class, MOST, life);
  }

  /** What was seen of it within the last minutes, else what is seen now. */
  SeenFile get(SynapseId id) {
    return recent.get(id.value()).orElseGet(() -> look(id));
  }

  /** What is seen now; kept by the id that was asked for, and by that of the version shown. */
  SeenFile look(SynapseId id) {
    SeenFile file = SeenFile.of(client.bundle(id.entity(), id.version())).withoutAnnotations();
    recent.put(id.value(), file);
    if (!id.equals(file.id())) {
      recent.put(file.id().value(), file);
    }
    return file;
  }
}
