package io.towpath.activities.synapse;

import io.towpath.activities.http.PlatformException;
import io.towpath.activities.rows.Fingerprints;
import io.towpath.activities.store.S3Documents;
import io.towpath.workflows.model.ManifestRef;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.synapse.IndexedFile;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What earlier generations of the same work filed, whether or not they filed all. */
final class EarlierFiles {
  private static final Logger LOG = LoggerFactory.getLogger(EarlierFiles.class);
  private static final long FIRST = 1;

  private final S3Documents documents;
  private final Runnable heartbeat;
  private final Fingerprints seals = new Fingerprints();
  private final Fingerprints versions = new Fingerprints();

  private EarlierFiles(S3Documents documents, Runnable heartbeat) {
    this.documents = documents;
    this.heartbeat = heartbeat;
  }

  /**
   * Reads it, back to a generation that filed as much as there is now. A page that cannot be read
   * is as good as none: its files are looked at.
   *
   * @param earlier prefixes of pages of {@link IndexedFile} that earlier generations may have left,
   *     newest first
   * @param pages how many there are now
   */
  static EarlierFiles read(
      S3Documents documents, List<S3Uri> earlier, int pages, Runnable heartbeat) {
    EarlierFiles files = new EarlierFiles(documents, heartbeat);
    for (S3Uri one : earlier) {
      if (files.readAll(one) >= pages) {
        break;
      }
    }
    return files;
  }

  /** The version of an entity with this stamp, if it is as it was filed then and is wanted now. */
  OptionalLong unchanged(WantedFile wanted, OptionalLong stamp) {
    String path = wanted.target().path();
    OptionalLong now = Stamp.seal(stamp, wanted);
    boolean same = now.isPresent() && now.equals(seals.get(path));
    return same ? OptionalLong.of(versions.get(path).orElse(FIRST)) : OptionalLong.empty();
  }

  /** How many pages there were. */
  private int readAll(S3Uri pages) {
    int page = 0;
    try {
      for (; ; page++) {
        documents.readPage(ManifestRef.page(pages, page), IndexedFile.class).forEach(this::add);
        heartbeat.run();
      }
    } catch (PlatformException e) {
      if (e.kind().retryable()) {
        throw e;
      }
    } catch (UncheckedIOException somethingElse) {
      LOG.warn("{} has something else than indexed files", pages);
    }
    return page;
  }

  /** A seal stands for itself, whichever generation left it. */
  private void add(IndexedFile file) {
    if (file.seal().isPresent()
        && seals.putIfAbsent(file.path(), file.seal().getAsLong())
        && file.version() != FIRST) {
      versions.put(file.path(), file.version());
    }
  }
}
