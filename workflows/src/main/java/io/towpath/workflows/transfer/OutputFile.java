package io.towpath.workflows.transfer;

import io.towpath.workflows.model.S3Uri;
import java.util.Optional;

/**
 * One output object, a line of an output page.
 *
 * @param uri the object
 * @param path its path below the listed prefix; folders and name in the index follow it
 * @param sizeBytes its size
 * @param etag its ETag without quotes; empty where who listed it does not know
 * @param md5 lower-case hex MD5, once it is known
 */
public record OutputFile(
    S3Uri uri, String path, long sizeBytes, String etag, Optional<String> md5) {}
