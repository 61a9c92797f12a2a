package io.towpath.worker.telemetry;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.temporal.common.interceptors.WorkflowClientCallsInterceptor;
import io.temporal.common.interceptors.WorkflowClientCallsInterceptorBase;
import io.temporal.common.interceptors.WorkflowClientInterceptorBase;

/** One span for each start of a workflow, which the run is a part of. */
final class StartTraces extends WorkflowClientInterceptorBase {
  private final Tracer tracer;

  StartTraces(Tracer tracer) {
    this.tracer = tracer;
  }

  @Override
  public WorkflowClientCallsInterceptor workflowClientCallsInterceptor(
      WorkflowClientCallsInterceptor next) {
    return new WorkflowClientCallsInterceptorBase(next) {
      @Override
      public WorkflowStartOutput start(WorkflowStartInput input) {
        Span span =
            tracer
                .spanBuilder("StartWorkflow:" + input.getWorkflowType())
                .setSpanKind(SpanKind.CLIENT)
                .setAttribute(WorkflowTraces.WORKFLOW_ID, input.getWorkflowId())
                .startSpan();
        try {
          TraceHeader.write(Context.current().with(span), input.getHeader());
          return super.start(input);
        } finally {
          span.end();
        }
      }
    };
  }
}
