package io.towpath.activities.bad;

import software.amazon.awssdk.services.s3.S3AsyncClient;

/** A copy that holds whole files in memory. */
final class CopiesAsynchronously {
  S3AsyncClient client() {
    return S3AsyncClient.builder().multipartEnabled(true).build();
  }
}
