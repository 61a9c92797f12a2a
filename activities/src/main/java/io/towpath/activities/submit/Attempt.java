package io.towpath.activities.submit;

import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.towpath.activities.http.ApiClient;
import java.time.Duration;

/** The activity attempt that work is done in; all threads of the attempt may use it. */
public final class Attempt {
  private final int number;
  private final Duration limit;
  private final Runnable heartbeat;
  private final long beganNanos = System.nanoTime();
  private final long beganMillis = System.currentTimeMillis();

  /**
   * An attempt that begins now.
   *
   * @param number from 1; later ones may find what earlier ones made
   * @param limit how long it may go on to send
   * @param heartbeat says that it lives; throws when the activity was cancelled
   */
  public Attempt(int number, Duration limit, Runnable heartbeat) {
    this.number = number;
    this.limit = limit;
    this.heartbeat = heartbeat;
  }

  /** The attempt of the Temporal activity on whose thread this is called. */
  public static Attempt ofActivity() {
    ActivityExecutionContext context = Activity.getExecutionContext();
    return new Attempt(
        context.getInfo().getAttempt(),
        context.getInfo().getStartToCloseTimeout().minus(ApiClient.CALL_TIMEOUT),
        () -> context.heartbeat(null));
  }

  public int number() {
    return number;
  }

  public void heartbeat() {
    heartbeat.run();
  }

  public Settle settle(Duration total) {
    return new Settle(total, ApiClient.CALL_TIMEOUT, heartbeat, this::left);
  }

  /** Both clocks count: the monotonic one stands still while the machine is suspended. */
  private Duration left() {
    long nanos = System.nanoTime() - beganNanos;
    long millis = System.currentTimeMillis() - beganMillis;
    return limit.minusMillis(Math.max(nanos / 1_000_000, millis));
  }
}
