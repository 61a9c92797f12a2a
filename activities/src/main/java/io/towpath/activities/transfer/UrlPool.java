package io.towpath.activities.transfer;

import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.model.FileRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The signed URLs of one page, asked for in batches directly before they are used: one call serves
 * the files under way and those that come next, because URLs die after 30 seconds and calls are
 * counted.
 */
final class UrlPool {
  /** A download that begins this close to the end of its URL's life may come too late. */
  private static final Duration MARGIN = Duration.ofSeconds(4);

  private record Held(SourceUrl url, long usableUntil) {}

  private final SourceUrls source;
  private final String connection;
  private final Set<FileRef> active = new LinkedHashSet<>();
  private final Set<FileRef> waiting;
  private final Map<String, Held> held = new HashMap<>();

  /**
   * @param files the page's files in the order in which they will be worked on
   */
  UrlPool(SourceUrls source, String connection, List<FileRef> files) {
    this.source = source;
    this.connection = connection;
    this.waiting = new LinkedHashSet<>(files);
  }

  /** A URL that is still good for the beginning of a download. */
  synchronized SourceUrl urlOf(FileRef file) {
    waiting.remove(file);
    active.add(file);
    Held known = held.get(file.handle());
    if (known != null && System.nanoTime() - known.usableUntil() < 0) {
      return known.url();
    }
    return renewed(file);
  }

  /** Forgets a URL that was refused; another thread may have renewed it already. */
  synchronized void refused(FileRef file, SourceUrl url) {
    Held known = held.get(file.handle());
    if (known != null && known.url() == url) {
      held.remove(file.handle());
    }
  }

  /** The file needs no URL any more, or never did. */
  synchronized void done(FileRef file) {
    waiting.remove(file);
    active.remove(file);
    held.remove(file.handle());
  }

  private SourceUrl renewed(FileRef file) {
    Set<FileRef> batch = new LinkedHashSet<>(List.of(file));
    addUpTo(SourceUrls.MOST_AT_ONCE, batch, active);
    addUpTo(SourceUrls.MOST_AT_ONCE, batch, waiting);
    long asked = System.nanoTime();
    source
        .urls(connection, new ArrayList<>(batch))
        .forEach(
            (handle, url) ->
                held.put(handle, new Held(url, asked + url.life().minus(MARGIN).toNanos())));
    @Nullable Held fresh = held.get(file.handle());
    if (fresh == null) {
      throw new PlatformException(
          FailureKind.ACCESS_DENIED,
          "no download URL was given for "
              + file.id()
              + " (\""
              + file.name()
              + "\"); the account needs DOWNLOAD on it");
    }
    return fresh.url();
  }

  private static void addUpTo(int most, Set<FileRef> batch, Set<FileRef> more) {
    for (FileRef file : more) {
      if (batch.size() >= most) {
        return;
      }
      batch.add(file);
    }
  }
}
