package io.towpath.activities.store;

import java.io.IOException;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;

/**
 * S3 states the ETag of what it stored. An answer without one, such as a proxy's own page with
 * status 200, does not say that anything was stored: it counts as no answer.
 */
final class StatedEtag implements ExecutionInterceptor {
  @Override
  public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes attributes) {
    SdkHttpResponse answer = context.httpResponse();
    if (stores(context.request())
        && answer.isSuccessful()
        && answer.firstMatchingHeader("ETag").isEmpty()) {
      throw unanswered();
    }
  }

  /** Of an upload in parts the answer's body states it. */
  @Override
  public void afterUnmarshalling(
      Context.AfterUnmarshalling context, ExecutionAttributes attributes) {
    if (context.response() instanceof CompleteMultipartUploadResponse whole
        && whole.eTag() == null) {
      throw unanswered();
    }
  }

  private static SdkClientException unanswered() {
    return SdkClientException.create(
        "stored nothing that it knows of", new IOException("an answer without an ETag"));
  }

  private static boolean stores(SdkRequest request) {
    return request instanceof PutObjectRequest || request instanceof UploadPartRequest;
  }
}
