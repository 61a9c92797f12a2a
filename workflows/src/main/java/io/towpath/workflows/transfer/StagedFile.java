package io.towpath.workflows.transfer;

import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.model.SynapseId;

/**
 * One staged file, a line of a result page.
 *
 * @param id the entity with its version
 * @param uri where it lies
 * @param sizeBytes its size
 * @param md5 lower-case hex MD5 of its bytes, compared with the source's
 * @param reused whether it lay there already
 */
public record StagedFile(SynapseId id, S3Uri uri, long sizeBytes, String md5, boolean reused) {}
