package io.towpath.activities.synapse;

import io.towpath.workflows.model.SynapseId;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * What was seen of files lately, so that a plan, the preflight of its run and the staging cost one
 * bundle call for each file together. Only for reading files, never to decide a write.
 */
final class SeenFiles {
  private static final int MOST = 50_000;

  private final SynapseClient client;
  private final long lifeNanos;
  private final ConcurrentMap<SynapseId, Entry> entries = new ConcurrentHashMap<>();

  private record Entry(SeenFile file, long seenAt) {}

  SeenFiles(SynapseClient client, Duration life) {
    this.client = client;
    this.lifeNanos = life.toNanos();
  }

  /** What was seen of it within the last minutes, else what is seen now. */
  SeenFile get(SynapseId id) {
    Entry entry = entries.get(id);
    if (entry != null && System.nanoTime() - entry.seenAt() < lifeNanos) {
      return entry.file();
    }
    return look(id);
  }

  /** What is seen now. */
  SeenFile look(SynapseId id) {
    SeenFile file = SeenFile.of(client.bundle(id.entity(), id.version()));
    Entry entry = new Entry(file, System.nanoTime());
    if (entries.size() >= MOST) {
      forgetOld(entry.seenAt());
    }
    entries.put(id, entry);
    entries.put(file.id(), entry);
    return file;
  }

  private void forgetOld(long now) {
    entries.values().removeIf(entry -> now - entry.seenAt() >= lifeNanos);
    if (entries.size() >= MOST) {
      entries.clear();
    }
  }
}
