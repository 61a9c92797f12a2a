package io.towpath.worker.telemetry;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.temporal.common.interceptors.WorkerInterceptor;
import io.towpath.activities.http.PlatformCalls;
import io.towpath.activities.poll.PollMemory;
import java.util.List;

/**
 * Where a worker tells of itself, for those who put it together.
 *
 * @param calls measures calls to platforms
 * @param waiting knows the runs that are waited for
 * @param interceptors see the worker's activities, outermost first
 */
public record Telemetry(
    PlatformCalls calls, WaitingRuns waiting, List<WorkerInterceptor> interceptors) {

  /** Tells the registry. */
  public static Telemetry of(MeterRegistry meters) {
    WaitingRuns waiting = new WaitingRuns(PollMemory.inActivity(), meters);
    return new Telemetry(
        new PlatformCalls(meters), waiting, List.of(new LogKeys(), new ActivityMeters(meters, waiting)));
  }

  /** Tells nobody. */
  public static Telemetry none() {
    return of(new SimpleMeterRegistry());
  }
}
