package io.towpath.activities.transfer;

import io.towpath.activities.store.S3Documents;
import io.towpath.workflows.model.ManifestRef;
import io.towpath.workflows.transfer.OutputFile;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An earlier listing, walked in step with a new one: both are in the byte order of their paths.
 * Holds one page in memory.
 */
final class KnownOutputs {
  private final S3Documents documents;
  private final ManifestRef known;
  private int page;
  private Iterator<OutputFile> rows = List.<OutputFile>of().iterator();
  private @Nullable OutputFile next;

  KnownOutputs(S3Documents documents, ManifestRef known) {
    this.documents = documents;
    this.known = known;
    next = read();
  }

  /** Whether the earlier listing had this very object; asked in path order, once for each. */
  boolean had(OutputFile file) {
    while (next != null && compare(next.path(), file.path()) < 0) {
      next = read();
    }
    return Optional.ofNullable(next)
        .filter(row -> row.path().equals(file.path()))
        .filter(row -> row.etag().equals(file.etag()) && row.sizeBytes() == file.sizeBytes())
        .isPresent();
  }

  private @Nullable OutputFile read() {
    while (!rows.hasNext() && page < known.pageCount()) {
      rows = documents.readPage(known, page, OutputFile.class).iterator();
      page++;
    }
    return rows.hasNext() ? rows.next() : null;
  }

  private static int compare(String one, String other) {
    return Arrays.compareUnsigned(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }
}
