package io.towpath.workflows.transfer;

import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.model.SourceId;

/**
 * One staged file, a line of a result page.
 *
 * @param id where it comes from; an entity has its version
 * @param uri where it lies
 * @param sizeBytes its size
 * @param md5 lower-case hex MD5 of its bytes, compared with the source's
 * @param reused whether it lay there already
 */
public record StagedFile(SourceId id, S3Uri uri, long sizeBytes, String md5, boolean reused) {}
