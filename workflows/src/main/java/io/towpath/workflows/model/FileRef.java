package io.towpath.workflows.model;

import java.util.Optional;

/**
 * One file of a manifest, pinned to a version. Lies in pages in S3, never in workflow history.
 *
 * @param id where it comes from; an entity has its version
 * @param name the file's name as its owner gave it; hostile until checked
 * @param place where it is staged to, as a path below {@code stage.to}; checked
 * @param handle what its source calls these very bytes: the file handle id in Synapse, the ETag or
 *     the date of an address; empty where nothing tells one version from another
 * @param sizeBytes size as the source states it
 * @param md5 lower-case hex MD5 as the source states it; empty where it states none
 * @param bucket bucket of the object behind the handle, where it is an S3 object that the worker
 *     may read itself
 * @param key key of that object
 */
public record FileRef(
    SourceId id,
    String name,
    String place,
    String handle,
    long sizeBytes,
    Optional<String> md5,
    Optional<String> bucket,
    Optional<String> key) {

  /** The same file, staged to another place. */
  public FileRef at(String elsewhere) {
    return new FileRef(id, name, elsewhere, handle, sizeBytes, md5, bucket, key);
  }
}
