package io.towpath.worker;

import io.temporal.activity.ActivityOptions;
import io.temporal.common.interceptors.WorkflowOutboundCallsInterceptor;
import io.temporal.common.interceptors.WorkflowOutboundCallsInterceptorBase;
import java.time.Duration;

/** Cuts the time-outs by which Temporal finds out that a worker is dead: a test cannot wait. */
final class SoonNoticed extends WorkflowOutboundCallsInterceptorBase {
  /** An attempt begins no send in its last minute, so it has to be allowed more. */
  private static final Duration LONGEST = Duration.ofSeconds(90);

  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);

  SoonNoticed(WorkflowOutboundCallsInterceptor next) {
    super(next);
  }

  @Override
  public <R> ActivityOutput<R> executeActivity(ActivityInput<R> input) {
    ActivityOptions asked = input.getOptions();
    ActivityOptions options =
        ActivityOptions.newBuilder(asked)
            .setStartToCloseTimeout(LONGEST)
            .setHeartbeatTimeout(asked.getHeartbeatTimeout() == null ? null : LONGEST_SILENCE)
            .build();
    return super.executeActivity(
        new ActivityInput<>(
            input.getActivityName(),
            input.getResultClass(),
            input.getResultType(),
            input.getArgs(),
            options,
            input.getHeader()));
  }
}
