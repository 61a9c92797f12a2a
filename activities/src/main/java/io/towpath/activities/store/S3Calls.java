package io.towpath.activities.store;

import io.opentelemetry.api.common.Attributes;
import io.towpath.activities.http.PlatformCalls;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/** Measures calls to S3 as those of other platforms are; the SDK's own repeats are one call. */
public final class S3Calls implements ExecutionInterceptor {
  private static final ExecutionAttribute<PlatformCalls.Call> CALL =
      new ExecutionAttribute<>("towpath.call");

  private final PlatformCalls calls;

  public S3Calls(PlatformCalls calls) {
    this.calls = calls;
  }

  @Override
  public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
    String operation = attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
    attributes.putAttribute(CALL, calls.begin("s3", operation, Attributes.empty()));
  }

  @Override
  public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
    attributes.getAttribute(CALL).ended(context.httpResponse().statusCode());
  }

  @Override
  public void onExecutionFailure(Context.FailedExecution context, ExecutionAttributes attributes) {
    boolean answered = context.exception() instanceof AwsServiceException;
    attributes
        .getAttribute(CALL)
        .ended(answered ? ((AwsServiceException) context.exception()).statusCode() : 0);
  }
}
