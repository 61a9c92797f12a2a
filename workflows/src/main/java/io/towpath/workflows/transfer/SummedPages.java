package io.towpath.workflows.transfer;

import java.util.List;

/**
 * What came of a stretch of pages that got MD5s.
 *
 * @param files files in them
 * @param bytesRead bytes that had to be read for them
 * @param digests hex SHA-256 of each page that was written
 */
public record SummedPages(long files, long bytesRead, List<String> digests) {
  public SummedPages {
    digests = digests == null ? List.of() : List.copyOf(digests);
  }
}
