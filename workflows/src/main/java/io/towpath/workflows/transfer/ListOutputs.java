package io.towpath.workflows.transfer;

import io.towpath.workflows.ledger.Claim;
import io.towpath.workflows.model.RunKey;
import io.towpath.workflows.model.S3Uri;
import java.util.List;

/**
 * What of a run's output directory is to be indexed.
 *
 * @param from prefixes to list, over all pages
 * @param include globs on the path below the prefix; {@code **} crosses folders
 * @param exclude globs on the path below the prefix; wins over include
 * @param launches first launches of runs into directories that may have held objects before
 * @param settleMillis how long what the run wrote last may take to show; then it is listed again
 * @param result prefix of the pages to write
 */
public record ListOutputs(
    List<S3Uri> from,
    List<String> include,
    List<String> exclude,
    List<FirstLaunch> launches,
    long settleMillis,
    S3Uri result) {
  public ListOutputs {
    from = List.copyOf(from);
    include = include == null ? List.of() : List.copyOf(include);
    exclude = exclude == null ? List.of() : List.copyOf(exclude);
    launches = launches == null ? List.of() : List.copyOf(launches);
  }

  /**
   * The first launch of a run into a directory that the request names itself. When it was, the
   * ledger's note of it says.
   *
   * @param outdir the directory
   * @param claim business key and generation that it was launched under
   * @param step the step that it was noted under
   * @param key its operation key
   */
  public record FirstLaunch(S3Uri outdir, Claim claim, String step, RunKey key) {}
}
