package io.towpath.workflows.transfer;

/**
 * Counts of one staged page; {@code bytes} are those of all its files, copied and reused, {@code
 * aside} counts files staged under a longer name because another object lies at their place.
 */
public record StagedPage(long files, long bytes, long reused, long copiedInS3, long aside) {
  public StagedPage plus(StagedPage other) {
    return new StagedPage(
        files + other.files,
        bytes + other.bytes,
        reused + other.reused,
        copiedInS3 + other.copiedInS3,
        aside + other.aside);
  }
}
