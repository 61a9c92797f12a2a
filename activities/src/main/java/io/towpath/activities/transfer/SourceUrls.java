package io.towpath.activities.transfer;

import io.towpath.workflows.model.FileRef;
import java.util.List;
import java.util.Map;

/** Gives signed URLs for files; the Synapse adapter behind it asks for all of them in one call. */
@FunctionalInterface
public interface SourceUrls {
  /** The most files for which one call gives URLs. */
  int MOST_AT_ONCE = 100;

  /**
   * Signed URLs by file handle id. A file that the platform gives none for is left out, or the call
   * fails with {@code ACCESS_DENIED} naming every such file.
   *
   * @param connection name of the connection on the worker
   * @param files at most {@link #MOST_AT_ONCE}
   */
  Map<String, SourceUrl> urls(String connection, List<FileRef> files);
}
