package io.towpath.workflows.synapse;

import io.towpath.workflows.model.S3Uri;

/**
 * One indexed file, a line of a result page and of the mapping CSV.
 *
 * @param uri the object
 * @param synapseId entity id without version
 * @param version version that refers to these bytes
 * @param md5 lower-case hex MD5
 * @param path path below the index's parent, as named in Synapse
 * @param action {@code created}, {@code newVersion}, {@code annotated} or {@code unchanged}
 */
public record IndexedFile(
    S3Uri uri,
    String synapseId,
    long version,
    String md5,
    long sizeBytes,
    String path,
    String action) {
  /** Whether filing it made the version. */
  public boolean made() {
    return action.equals("created") || action.equals("newVersion");
  }
}
