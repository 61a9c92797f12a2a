package io.towpath.activities.store;

import io.towpath.workflows.model.ManifestRef;
import io.towpath.workflows.model.S3Uri;
import java.util.ArrayList;
import java.util.List;

/** Writes the rows of a list to pages, holding one page in memory. */
public final class PageWriter {
  private final S3Documents documents;
  private final S3Uri pages;
  private final int pageSize;
  private final List<Object> page = new ArrayList<>();
  private final List<String> digests = new ArrayList<>();
  private long rows;
  private long sizeBytes;

  PageWriter(S3Documents documents, S3Uri pages, int pageSize) {
    this.documents = documents;
    this.pages = pages;
    this.pageSize = pageSize;
  }

  /** Adds one row that stands for a file of {@code size} bytes. */
  public void add(Object row, long size) {
    page.add(row);
    rows++;
    sizeBytes += size;
    if (page.size() == pageSize) {
      flush();
    }
  }

  /** Writes what is left; the list is complete when this returns. */
  public ManifestRef finish() {
    if (!page.isEmpty()) {
      flush();
    }
    ManifestRef list =
        new ManifestRef(pages, ManifestRef.digestOf(digests), rows, pageSize, sizeBytes);
    documents.writeDigests(list, digests);
    return list;
  }

  private void flush() {
    digests.add(documents.writePage(ManifestRef.page(pages, digests.size()), page));
    page.clear();
  }
}
