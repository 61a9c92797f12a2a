package io.towpath.worker;

import io.temporal.activity.ActivityOptions;
import io.temporal.common.interceptors.WorkflowOutboundCallsInterceptor;
import io.temporal.common.interceptors.WorkflowOutboundCallsInterceptorBase;
import java.time.Duration;
import java.util.Optional;

/** Cuts the time-outs by which Temporal finds out that a worker is dead: a test cannot wait. */
final class SoonNoticed extends WorkflowOutboundCallsInterceptorBase {
  private final Limits limits;

  /**
   * How long an attempt may last.
   *
   * @param silence between two heartbeats of one that tells of itself
   * @param attempt in all
   * @param heartbeats whether one that tells of itself is limited in all, too
   */
  record Limits(Duration silence, Duration attempt, boolean heartbeats) {
    /**
     * Where attempts fall silent in a process that lives, and may heartbeat. None begins a send in
     * its last minute, so that it has to be allowed more.
     */
    static final Limits OF_THE_SILENT =
        new Limits(Duration.ofSeconds(30), Duration.ofSeconds(90), true);

    /** Where processes die, and all heartbeats with them. */
    static final Limits OF_THE_DEAD =
        new Limits(Duration.ofSeconds(6), Duration.ofSeconds(20), false);
  }

  SoonNoticed(WorkflowOutboundCallsInterceptor next, Limits limits) {
    super(next);
    this.limits = limits;
  }

  @Override
  public <R> ActivityOutput<R> executeActivity(ActivityInput<R> input) {
    ActivityOptions.Builder options = ActivityOptions.newBuilder(input.getOptions());
    Optional<Duration> silence = Optional.ofNullable(input.getOptions().getHeartbeatTimeout());
    silence.ifPresent(asked -> options.setHeartbeatTimeout(limits.silence()));
    if (silence.isEmpty() || limits.heartbeats()) {
      options.setStartToCloseTimeout(limits.attempt());
    }
    return super.executeActivity(
        new ActivityInput<>(
            input.getActivityName(),
            input.getResultClass(),
            input.getResultType(),
            input.getArgs(),
            options.build(),
            input.getHeader()));
  }
}
