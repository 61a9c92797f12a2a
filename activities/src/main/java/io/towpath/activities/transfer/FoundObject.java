package io.towpath.activities.transfer;

import io.towpath.workflows.model.S3Uri;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * An object as a listing shows it.
 *
 * @param path its path below the listed prefix
 */
record FoundObject(S3Uri uri, String path, S3Object listed) {
  long sizeBytes() {
    return listed.size();
  }

  /** What some programs make to show a folder that S3 does not have. */
  boolean standsForFolder() {
    return sizeBytes() == 0 && (path.isEmpty() || path.endsWith("/"));
  }
}
