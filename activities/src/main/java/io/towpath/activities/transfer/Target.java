package io.towpath.activities.transfer;

import io.towpath.workflows.model.S3Uri;

/**
 * Where one file is written to.
 *
 * @param free whether nothing lay there: then the write is refused should another one have come
 *     first, or its own repetition after an answer that was lost
 * @param shared whether other manifests stage to the same folder
 */
record Target(S3Uri uri, boolean free, boolean shared) {}
