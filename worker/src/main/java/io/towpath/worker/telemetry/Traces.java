package io.towpath.worker.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import io.temporal.common.interceptors.WorkflowInboundCallsInterceptor;
import java.util.concurrent.TimeUnit;

/**
 * One trace for each run, through every attempt of its activities to the calls to platforms; it is
 * a part of the trace that whoever started the run hands on. Nothing is told while a history is
 * replayed.
 */
public final class Traces extends WorkerInterceptorBase implements AutoCloseable {
  private static final long LAST_SPANS_SECONDS = 5;

  private final RunIds ids = new RunIds();
  private final SdkTracerProvider provider;
  private final Tracer tracer;

  /**
   * @param spans takes what ends
   */
  public Traces(SpanProcessor spans) {
    this.provider =
        SdkTracerProvider.builder()
            .setIdGenerator(ids)
            .setResource(
                Resource.getDefault()
                    .merge(
                        Resource.create(
                            Attributes.of(
                                AttributeKey.stringKey("service.name"), "towpath-worker"))))
            .addSpanProcessor(spans)
            .build();
    this.tracer = provider.get("io.towpath");
  }

  /** Sends to a collector, as OTLP over HTTP. */
  public static Traces to(TraceCollector collector) {
    String base = collector.endpoint().toString().replaceFirst("/+$", "");
    OtlpHttpSpanExporterBuilder exporter =
        OtlpHttpSpanExporter.builder().setEndpoint(base + "/v1/traces");
    collector.headers().forEach((name, value) -> exporter.addHeader(name, value.reveal()));
    return new Traces(BatchSpanProcessor.builder(exporter.build()).build());
  }

  Tracer tracer() {
    return tracer;
  }

  @Override
  public WorkflowInboundCallsInterceptor interceptWorkflow(WorkflowInboundCallsInterceptor next) {
    return new WorkflowTraces(next, tracer, ids);
  }

  @Override
  public ActivityInboundCallsInterceptor interceptActivity(ActivityInboundCallsInterceptor next) {
    return new ActivityTraces(next, tracer);
  }

  @Override
  public void close() {
    provider.shutdown().join(LAST_SPANS_SECONDS, TimeUnit.SECONDS);
  }
}
