package io.towpath.worker.telemetry;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Tracer;
import io.temporal.common.interceptors.WorkerInterceptor;
import io.towpath.activities.http.PlatformCalls;
import io.towpath.activities.poll.PollMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where a worker tells of itself, for those who put it together.
 *
 * @param calls measures calls to platforms
 * @param waiting knows the runs that are waited for
 * @param interceptors see what the worker does, innermost first; they go around the one that
 *     translates failures
 */
public record Telemetry(
    PlatformCalls calls, WaitingRuns waiting, List<WorkerInterceptor> interceptors) {

  /** Tells the registry, and nobody else. */
  public static Telemetry of(MeterRegistry meters) {
    return of(meters, OpenTelemetry.noop().getTracer("towpath"), List.of());
  }

  /** Tells the registry, and where the traces go, if they go anywhere. */
  public static Telemetry of(Metrics metrics, Optional<Traces> traces) {
    return traces.map(all -> of(metrics.registry(), all)).orElseGet(() -> of(metrics.registry()));
  }

  /** Tells the registry, and where the traces go. */
  public static Telemetry of(MeterRegistry meters, Traces traces) {
    return of(meters, traces.tracer(), List.of(traces));
  }

  private static Telemetry of(
      MeterRegistry meters, Tracer tracer, List<WorkerInterceptor> outermost) {
    WaitingRuns waiting = new WaitingRuns(PollMemory.inActivity(), meters);
    List<WorkerInterceptor> interceptors =
        new ArrayList<>(List.of(new ActivityMeters(meters, waiting), new LogKeys()));
    interceptors.addAll(outermost);
    return new Telemetry(new PlatformCalls(meters, tracer), waiting, List.copyOf(interceptors));
  }

  /** Tells nobody. */
  public static Telemetry none() {
    return of(new SimpleMeterRegistry());
  }
}
