package io.towpath.worker;

import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Whether a worker takes work: it polls, and Temporal says that it serves. Temporal is asked at
 * most every few seconds, however often the question comes.
 */
final class Readiness implements BooleanSupplier {
  private static final Duration STANDS = Duration.ofSeconds(5);

  /** Shorter than a probe waits. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final BooleanSupplier polls;
  private final BooleanSupplier temporal;
  private final long standsNanos;
  private boolean serves;
  private long askAgainAt = System.nanoTime();

  Readiness(BooleanSupplier polls, WorkflowServiceStubs temporal) {
    this(polls, () -> serves(temporal), STANDS);
  }

  /**
   * @param stands for how long an answer of Temporal's counts
   */
  Readiness(BooleanSupplier polls, BooleanSupplier temporal, Duration stands) {
    this.polls = polls;
    this.temporal = temporal;
    this.standsNanos = stands.toNanos();
  }

  @Override
  public boolean getAsBoolean() {
    return polls.getAsBoolean() && reachable();
  }

  private synchronized boolean reachable() {
    if (System.nanoTime() - askAgainAt >= 0) {
      serves = temporal.getAsBoolean();
      askAgainAt = System.nanoTime() + standsNanos;
    }
    return serves;
  }

  private static boolean serves(WorkflowServiceStubs temporal) {
    try {
      return HealthGrpc.newBlockingStub(temporal.blockingStub().getChannel())
              .withDeadlineAfter(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
              .check(
                  HealthCheckRequest.newBuilder()
                      .setService(WorkflowServiceStubs.HEALTH_CHECK_SERVICE_NAME)
                      .build())
              .getStatus()
          == ServingStatus.SERVING;
    } catch (StatusRuntimeException e) {
      return false;
    }
  }
}
