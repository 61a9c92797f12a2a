package io.towpath.activities.transfer;

import io.towpath.activities.glob.Globs;

/**
 * Which objects are outputs to index.
 *
 * @param globs on the path below the prefix
 * @param launches tells what is older than the run
 */
record OutputRules(Globs globs, FirstLaunches launches) {
  boolean take(FoundObject found) {
    return found.sizeBytes() > 0 && globs.take(found.path()) && !launches.afterThis(found);
  }
}
