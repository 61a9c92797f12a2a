package io.towpath.workflows.synapse;

import io.towpath.workflows.model.S3Uri;
import java.util.OptionalLong;

/**
 * One indexed file, a line of a result page and, without its seal, of the mapping CSV.
 *
 * @param uri the object
 * @param synapseId entity id without version
 * @param version version that refers to these bytes
 * @param md5 lower-case hex MD5
 * @param path path below the index's parent, as named in Synapse
 * @param action {@code created}, {@code newVersion}, {@code annotated} or {@code unchanged}
 * @param seal stands for what was filed and what Synapse then said of it; empty where it did not
 *     say
 */
public record IndexedFile(
    S3Uri uri,
    String synapseId,
    long version,
    String md5,
    long sizeBytes,
    String path,
    String action,
    OptionalLong seal) {
  public IndexedFile {
    seal = seal == null ? OptionalLong.empty() : seal;
  }

  /** Whether filing it made the version. */
  public boolean made() {
    return action.equals("created") || action.equals("newVersion");
  }
}
