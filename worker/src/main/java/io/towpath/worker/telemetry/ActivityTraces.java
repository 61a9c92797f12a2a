package io.towpath.worker.telemetry;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.activity.ActivityInfo;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.failure.ApplicationErrorCategory;
import io.temporal.failure.ApplicationFailure;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One span for each attempt of an activity; one that only waits is no failure. */
final class ActivityTraces extends ActivityInboundCallsInterceptorBase {
  private final Tracer tracer;
  private @Nullable ActivityInfo activity;

  ActivityTraces(ActivityInboundCallsInterceptor next, Tracer tracer) {
    super(next);
    this.tracer = tracer;
  }

  @Override
  public void init(ActivityExecutionContext context) {
    activity = context.getInfo();
    super.init(context);
  }

  @Override
  @SuppressWarnings("try")
  public ActivityOutput execute(ActivityInput input) {
    ActivityInfo info = Objects.requireNonNull(activity, "init comes first");
    Span span =
        tracer
            .spanBuilder("RunActivity:" + info.getActivityType())
            .setParent(TraceHeader.read(input.getHeader()))
            .setAttribute(WorkflowTraces.WORKFLOW_ID, info.getWorkflowId())
            .setAttribute(WorkflowTraces.RUN_ID, info.getWorkflowRunId())
            .setAttribute("temporalActivityID", info.getActivityId())
            .setAttribute("temporal.attempt", info.getAttempt())
            .startSpan();
    try (Scope current = span.makeCurrent()) {
      return super.execute(input);
    } catch (RuntimeException e) {
      failed(span, e);
      throw e;
    } finally {
      span.end();
    }
  }

  /** Only the kind: what else a failure says is in the history. */
  private static void failed(Span span, RuntimeException thrown) {
    if (!(thrown instanceof ApplicationFailure failure)) {
      span.setStatus(StatusCode.ERROR, thrown.getClass().getSimpleName());
    } else if (failure.getCategory() != ApplicationErrorCategory.BENIGN) {
      span.setStatus(StatusCode.ERROR, failure.getType());
    }
  }
}
