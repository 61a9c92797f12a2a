package io.towpath.workflows.synapse;

import io.temporal.activity.ActivityInterface;
import io.towpath.workflows.ledger.Claim;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.model.SynapseId;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads the manifest that a release leaves in Synapse: a CSV with the columns {@code id,version},
 * one row per file. Safe to retry.
 */
@ActivityInterface(namePrefix = "ReleaseManifest")
public interface ReleaseManifestActivities {
  /**
   * The manifest as it was before the first generation after the last good one did anything; empty
   * where the folder had none. The first who asks looks, and the ledger keeps what was seen for the
   * generations up to the next good one: after a refusal the manifest of the refused steps lies
   * there.
   */
  Optional<SeenManifest> before(BeforeRelease request);

  /**
   * Reads the manifest and what it names, and stores both as one JSON object: the record of the
   * release that promotions file. Rows that name the manifest itself, a folder or anything but a
   * file are left out. Fails with {@code INPUT_REJECTED} when the manifest is not there, has no
   * such columns, or names what cannot be read.
   */
  ReleaseRecord record(RecordRelease request);

  /** Asks for the manifest of a folder. */
  record LookAtManifest(String connection, SynapseId parent, String name) {}

  /** Asks for it before the steps of this claim's generation begin. */
  record BeforeRelease(Claim claim, LookAtManifest manifest) {}

  /**
   * A manifest.
   *
   * @param id with its version
   * @param md5 of its bytes
   * @param rows its rows, without the header
   */
  record SeenManifest(SynapseId id, String md5, int rows) {}

  /**
   * Asks for a release to be recorded.
   *
   * @param before the manifest as it was before the release; empty where there was none
   * @param about what the record says of the release, beside its files
   * @param where the object that gets the record
   */
  record RecordRelease(
      Claim claim,
      LookAtManifest manifest,
      Optional<SeenManifest> before,
      Map<String, Object> about,
      S3Uri where) {
    public RecordRelease {
      about = new TreeMap<>(about);
    }
  }

  /**
   * What was recorded.
   *
   * @param files files of the release
   * @param changed those of them that the manifest before did not name at that version
   * @param empty those of them without a byte
   * @param leftOut rows that name no file
   * @param sha256 lower-case hex, of the record
   */
  record ReleaseRecord(
      SeenManifest manifest, int files, int changed, int empty, int leftOut, String sha256) {}
}
