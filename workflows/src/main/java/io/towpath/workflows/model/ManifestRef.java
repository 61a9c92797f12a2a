package io.towpath.workflows.model;

/**
 * A list that is too long for history: pages of JSON lines in S3, of which workflows pass only
 * this.
 *
 * @param pages prefix of the page objects, {@code <pages>000000.jsonl} and so on
 * @param sha256 hex digest over all lines in order; what was listed cannot change unnoticed
 * @param rows number of lines
 * @param pageSize lines per page; only the last page has fewer
 * @param sizeBytes sum of the sizes of the files that the lines describe
 */
public record ManifestRef(S3Uri pages, String sha256, long rows, int pageSize, long sizeBytes) {
  public ManifestRef {
    if (rows < 0 || pageSize < 1) {
      throw new IllegalArgumentException("a manifest of " + rows + " rows by " + pageSize);
    }
  }

  /**
   * How many rows go into one page: few activities for many files, bounded work for each, and pages
   * of about equal length, for a short last page costs as many events as a long one. A thousand
   * files are one page: with two of 500 a real server's history had more than 150 events.
   */
  public static int pageSizeFor(long rows) {
    long size = Math.min(2_000, Math.max(1_000, rows / 64));
    long pages = Math.max(1, rows / size);
    return (int) Math.min(2_000, Math.max(1_000, (rows + pages - 1) / pages));
  }

  public int pageCount() {
    return (int) ((rows + pageSize - 1) / pageSize);
  }

  public S3Uri page(int number) {
    if (number < 0 || number >= pageCount()) {
      throw new IllegalArgumentException("page " + number + " of " + pageCount());
    }
    return new S3Uri(pages.value() + String.format(java.util.Locale.ROOT, "%06d.jsonl", number));
  }
}
