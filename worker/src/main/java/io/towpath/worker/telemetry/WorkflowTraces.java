package io.towpath.worker.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.temporal.common.interceptors.WorkflowInboundCallsInterceptor;
import io.temporal.common.interceptors.WorkflowInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkflowOutboundCallsInterceptor;
import io.temporal.common.interceptors.WorkflowOutboundCallsInterceptorBase;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInfo;
import io.temporal.workflow.unsafe.WorkflowUnsafe;
import java.util.concurrent.TimeUnit;

/**
 * One span for each run, told when it ends, as a run may outlive its worker. Its id is known from
 * the start and given to activities and children, which are told as they end. Other exceptions than
 * those that are caught here end no run.
 */
final class WorkflowTraces extends WorkflowInboundCallsInterceptorBase {
  static final AttributeKey<String> WORKFLOW_ID = AttributeKey.stringKey("temporalWorkflowID");
  static final AttributeKey<String> RUN_ID = AttributeKey.stringKey("temporalRunID");

  private final Tracer tracer;
  private final RunIds ids;
  private Context run = Context.root();

  WorkflowTraces(WorkflowInboundCallsInterceptor next, Tracer tracer, RunIds ids) {
    super(next);
    this.tracer = tracer;
    this.ids = ids;
  }

  @Override
  public void init(WorkflowOutboundCallsInterceptor outbound) {
    super.init(new Outbound(outbound));
  }

  @Override
  public WorkflowOutput execute(WorkflowInput input) {
    Context parent = TraceHeader.read(input.getHeader());
    SpanContext known = RunIds.of(Workflow.getInfo().getRunId(), parent);
    run = parent.with(Span.wrap(known));
    try {
      WorkflowOutput output = super.execute(input);
      ended(parent, known, StatusCode.UNSET);
      return output;
    } catch (TemporalFailure | IllegalArgumentException e) {
      ended(parent, known, StatusCode.ERROR);
      throw e;
    }
  }

  private void ended(Context parent, SpanContext known, StatusCode status) {
    if (WorkflowUnsafe.isReplaying()) {
      return;
    }
    WorkflowInfo info = Workflow.getInfo();
    Span span =
        ids.under(
            known,
            () ->
                tracer
                    .spanBuilder("RunWorkflow:" + info.getWorkflowType())
                    .setParent(parent)
                    .setStartTimestamp(info.getRunStartedTimestampMillis(), TimeUnit.MILLISECONDS)
                    .setAttribute(WORKFLOW_ID, info.getWorkflowId())
                    .setAttribute(RUN_ID, info.getRunId())
                    .startSpan());
    span.setStatus(status);
    span.end(Workflow.currentTimeMillis(), TimeUnit.MILLISECONDS);
  }

  /** Gives the run's span to what it starts. */
  private final class Outbound extends WorkflowOutboundCallsInterceptorBase {
    Outbound(WorkflowOutboundCallsInterceptor next) {
      super(next);
    }

    @Override
    public <R> ActivityOutput<R> executeActivity(ActivityInput<R> input) {
      TraceHeader.write(run, input.getHeader());
      return super.executeActivity(input);
    }

    @Override
    public <R> ChildWorkflowOutput<R> executeChildWorkflow(ChildWorkflowInput<R> input) {
      TraceHeader.write(run, input.getHeader());
      return super.executeChildWorkflow(input);
    }
  }
}
