package io.towpath.workflows.release;

import io.towpath.workflows.model.S3Uri;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a release was checked and recorded as; the ledger keeps it, so that a later request can
 * promote it again.
 *
 * @param where the record, ids and versions of all files
 * @param sha256 lower-case hex, of the record
 */
record RecordedRelease(S3Uri where, String sha256) {
  /** The step of the ledger under which it is kept. */
  static final String STEP = "released";

  static RecordedRelease read(Map<?, ?> kept) {
    return new RecordedRelease(
        new S3Uri(String.valueOf(kept.get("record"))), String.valueOf(kept.get("sha256")));
  }

  Map<String, Object> json() {
    return new TreeMap<>(Map.of("record", where.value(), "sha256", sha256));
  }
}
