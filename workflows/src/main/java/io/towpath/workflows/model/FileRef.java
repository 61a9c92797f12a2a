package io.towpath.workflows.model;

import java.util.Optional;

/**
 * One file of a manifest, pinned to a version. Lies in pages in S3, never in workflow history.
 *
 * @param id the entity with its version
 * @param name the file's name as its owner gave it; hostile until checked
 * @param fileHandleId the file handle to ask a URL for
 * @param sizeBytes size as the source states it
 * @param md5 lower-case hex MD5 as the source states it; empty where it states none
 * @param bucket bucket of the object behind the handle, where it is an S3 object
 * @param key key of that object
 */
public record FileRef(
    SynapseId id,
    String name,
    String fileHandleId,
    long sizeBytes,
    Optional<String> md5,
    Optional<String> bucket,
    Optional<String> key) {}
