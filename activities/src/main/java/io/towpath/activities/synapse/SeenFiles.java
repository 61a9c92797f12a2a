package io.towpath.activities.synapse;

import io.towpath.activities.rows.PackedRows;
import io.towpath.workflows.model.SynapseId;
import java.time.Duration;
import java.util.Optional;

/**
 * What was seen of files lately, so that a plan, the preflight of its run and the staging cost one
 * bundle call for each file together. Only for reading files, never to decide a write.
 */
final class SeenFiles {
  /** Two times this are kept; Synapse's quota lets nobody see as many in ten minutes. */
  private static final int MOST = 20_000;

  private final SynapseClient client;
  private final long lifeNanos;
  private PackedRows<Entry> older = new PackedRows<>(Entry.class);
  private PackedRows<Entry> newer = new PackedRows<>(Entry.class);

  private record Entry(SeenFile file, long seenAt) {}

  SeenFiles(SynapseClient client, Duration life) {
    this.client = client;
    this.lifeNanos = life.toNanos();
  }

  /** What was seen of it within the last minutes, else what is seen now. */
  SeenFile get(SynapseId id) {
    return known(id).orElseGet(() -> look(id));
  }

  /** What is seen now. */
  SeenFile look(SynapseId id) {
    SeenFile file = SeenFile.of(client.bundle(id.entity(), id.version())).withoutAnnotations();
    remember(id, new Entry(file, System.nanoTime()));
    return file;
  }

  private synchronized Optional<SeenFile> known(SynapseId id) {
    return newer
        .get(id.value())
        .or(() -> older.get(id.value()))
        .filter(entry -> System.nanoTime() - entry.seenAt() < lifeNanos)
        .map(Entry::file);
  }

  /** By the id that was asked for, and by that of the version that was shown. */
  private synchronized void remember(SynapseId id, Entry entry) {
    newer.put(id.value(), entry);
    if (!id.equals(entry.file().id())) {
      newer.put(entry.file().id().value(), entry);
    }
    if (newer.size() >= MOST) {
      older = newer;
      newer = new PackedRows<>(Entry.class);
    }
  }
}
