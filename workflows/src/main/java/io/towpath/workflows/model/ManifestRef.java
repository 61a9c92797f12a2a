package io.towpath.workflows.model;

import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * A list that is too long for history: pages of JSON lines in S3, of which workflows pass only
 * this.
 *
 * @param pages prefix of the page objects, {@code <pages>000000.jsonl} and so on
 * @param sha256 {@link #digestOf} the pages; what was listed cannot change unnoticed; empty for a
 *     list whose pages are rewritten, or are the work of several activities
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

  /** So many pages of whatever length, each of them the work of one activity. */
  public static ManifestRef ofPages(S3Uri pages, int count) {
    return new ManifestRef(pages, "", count, 1, 0);
  }

  /**
   * The digest of a list: the SHA-256 of its pages' SHA-256, in order, each as a line of hex. So a
   * reader of one page needs the digests of the others, but not the others.
   */
  public static String digestOf(List<String> pages) {
    return HexFormat.of().formatHex(Sha256.of(String.join("\n", pages)));
  }

  /** The same list, whose pages are going to be rewritten. */
  public ManifestRef rewritten() {
    return new ManifestRef(pages, "", rows, pageSize, sizeBytes);
  }

  /**
   * What was made of this list, page by page, under another prefix.
   *
   * @param digests of the pages there
   */
  public ManifestRef made(S3Uri elsewhere, List<String> digests) {
    return new ManifestRef(elsewhere, digestOf(digests), rows, pageSize, sizeBytes);
  }

  public int pageCount() {
    return (int) ((rows + pageSize - 1) / pageSize);
  }

  /** How many rows a page has. */
  public int rowsOf(int number) {
    return (int) Math.min(pageSize, rows - (long) number * pageSize);
  }

  public S3Uri page(int number) {
    if (number < 0 || number >= pageCount()) {
      throw new IllegalArgumentException("page " + number + " of " + pageCount());
    }
    return page(pages, number);
  }

  /** The object of one page below any prefix. */
  public static S3Uri page(S3Uri pages, int number) {
    return new S3Uri(pages.value() + String.format(Locale.ROOT, "%06d.jsonl", number));
  }

  /** Where the digests of the pages lie, one a line. */
  public S3Uri digests() {
    return new S3Uri(pages.value() + "digests.txt");
  }
}
