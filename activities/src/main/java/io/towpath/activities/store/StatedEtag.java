package io.towpath.activities.store;

import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/**
 * S3 states the ETag of what it stored, and of what lies there. An answer without one, such as a
 * proxy's own page with status 200, says neither: it counts as no answer.
 */
final class StatedEtag implements ExecutionInterceptor {
  @Override
  public void afterUnmarshalling(
      Context.AfterUnmarshalling context, ExecutionAttributes attributes) {
    if (etag(context.response()).filter(String::isEmpty).isPresent()) {
      throw SdkClientException.create(
          "does not answer as S3 does", new IOException("an answer without an ETag"));
    }
  }

  /** What an answer states; no text where it should state one, empty where it need not. */
  private static Optional<String> etag(SdkResponse answer) {
    if (answer instanceof PutObjectResponse put) {
      return Optional.of(Objects.requireNonNullElse(put.eTag(), ""));
    }
    if (answer instanceof UploadPartResponse part) {
      return Optional.of(Objects.requireNonNullElse(part.eTag(), ""));
    }
    if (answer instanceof HeadObjectResponse head) {
      return Optional.of(Objects.requireNonNullElse(head.eTag(), ""));
    }
    return answer instanceof CompleteMultipartUploadResponse whole
        ? Optional.of(Objects.requireNonNullElse(whole.eTag(), ""))
        : Optional.empty();
  }
}
