package io.towpath.activities.http;

import io.opentelemetry.api.common.Attributes;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/**
 * Measures calls to services of AWS as those of other platforms are; the SDK's own repeats are one
 * call. A service is called as AWS does: {@code s3}, {@code batch}, {@code cloudwatchlogs}.
 */
public final class AwsCalls implements ExecutionInterceptor {
  private static final ExecutionAttribute<PlatformCalls.Call> CALL =
      new ExecutionAttribute<>("towpath.call");

  private final PlatformCalls calls;

  public AwsCalls(PlatformCalls calls) {
    this.calls = calls;
  }

  @Override
  public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
    String service = attributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME);
    String operation = attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
    attributes.putAttribute(CALL, calls.begin(service, operation, Attributes.empty()));
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
