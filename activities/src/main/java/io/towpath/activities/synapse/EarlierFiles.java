package io.towpath.activities.synapse;

import io.towpath.activities.http.PlatformException;
import io.towpath.activities.rows.Fingerprints;
import io.towpath.activities.store.S3Documents;
import io.towpath.workflows.model.ManifestRef;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.synapse.IndexedFile;
import java.util.List;
import java.util.OptionalLong;

/** What an earlier generation of the same work filed, whether or not it filed all. */
final class EarlierFiles {
  private final S3Documents documents;
  private final Runnable heartbeat;
  private final Fingerprints stamps = new Fingerprints();
  private final Fingerprints versions = new Fingerprints();

  private EarlierFiles(S3Documents documents, Runnable heartbeat) {
    this.documents = documents;
    this.heartbeat = heartbeat;
  }

  /**
   * Reads it.
   *
   * @param earlier prefixes of pages of {@link IndexedFile} that earlier generations may have left,
   *     newest first; the first that has any counts
   */
  static EarlierFiles read(S3Documents documents, List<S3Uri> earlier, Runnable heartbeat) {
    EarlierFiles files = new EarlierFiles(documents, heartbeat);
    for (S3Uri pages : earlier) {
      if (files.readAll(pages)) {
        break;
      }
    }
    return files;
  }

  /** The version of an entity with this stamp, if it is as it was filed then and is wanted now. */
  OptionalLong unchanged(WantedFile wanted, OptionalLong stamp) {
    String path = wanted.target().path();
    OptionalLong now = Stamp.filed(stamp, wanted);
    boolean same = now.isPresent() && now.equals(stamps.get(path));
    return same ? versions.get(path) : OptionalLong.empty();
  }

  /** Whether there was any page. */
  private boolean readAll(S3Uri pages) {
    int page = 0;
    try {
      for (; ; page++) {
        documents.readPage(ManifestRef.page(pages, page), IndexedFile.class).forEach(this::add);
        heartbeat.run();
      }
    } catch (PlatformException e) {
      if (e.status() != 404) {
        throw e;
      }
      return page > 0;
    }
  }

  private void add(IndexedFile file) {
    file.stamp().ifPresent(stamp -> stamps.put(file.path(), stamp));
    versions.put(file.path(), file.version());
  }
}
