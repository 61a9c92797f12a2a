package io.towpath.workflows.transfer;

import io.towpath.workflows.model.S3Uri;
import java.util.List;

/**
 * What of a run's output directory is to be indexed.
 *
 * @param from prefixes to list, over all pages
 * @param include globs on the path below the prefix; {@code **} crosses folders
 * @param exclude globs on the path below the prefix; wins over include
 * @param settleMillis how long what the run wrote last may take to show; then it is listed again
 * @param result prefix of the pages to write
 */
public record ListOutputs(
    List<S3Uri> from, List<String> include, List<String> exclude, long settleMillis, S3Uri result) {
  public ListOutputs {
    from = List.copyOf(from);
    include = include == null ? List.of() : List.copyOf(include);
    exclude = exclude == null ? List.of() : List.copyOf(exclude);
  }
}
