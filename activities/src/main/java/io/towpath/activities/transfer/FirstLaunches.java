package io.towpath.activities.transfer;

import io.towpath.activities.submit.SubmitLedger;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.transfer.ListOutputs.FirstLaunch;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * When runs were first launched into directories that the request names itself. Both times that are
 * compared are those that S3 gave: of the object, and of the ledger's note that was written
 * directly before the launch.
 */
final class FirstLaunches {
  private final Map<String, Instant> byOutdir = new TreeMap<>();

  private FirstLaunches() {}

  static FirstLaunches of(Iterable<FirstLaunch> launches, SubmitLedger ledger) {
    FirstLaunches first = new FirstLaunches();
    for (FirstLaunch launch : launches) {
      ledger.intents(launch.claim(), launch.step(), launch.key()).stream()
          .findFirst()
          .ifPresent(intent -> first.add(launch.outdir().asFolder(), intent.writtenAt()));
    }
    return first;
  }

  /** Of several runs into one directory the earliest counts. */
  private void add(S3Uri outdir, Instant time) {
    byOutdir.merge(outdir.value(), time, (a, b) -> a.isBefore(b) ? a : b);
  }

  /** Whether it lay in such a directory before; a time to the second decides nothing within it. */
  boolean afterThis(FoundObject found) {
    return byOutdir.entrySet().stream()
        .anyMatch(
            launch ->
                found.uri().value().startsWith(launch.getKey())
                    && found.listed().lastModified().isBefore(launch.getValue()));
  }
}
