package io.towpath.workflows.transfer;

/**
 * Counts of one staged page.
 *
 * @param bytes those of all its files, copied and reused
 * @param aside files staged under a longer name because another object lies at their place
 * @param sha256 hex SHA-256 of the page of results
 */
public record StagedPage(
    long files, long bytes, long reused, long copiedInS3, long aside, String sha256) {
  public static final StagedPage NONE = new StagedPage(0, 0, 0, 0, 0, "");

  /** The counts of both. */
  public StagedPage plus(StagedPage other) {
    return new StagedPage(
        files + other.files,
        bytes + other.bytes,
        reused + other.reused,
        copiedInS3 + other.copiedInS3,
        aside + other.aside,
        "");
  }
}
