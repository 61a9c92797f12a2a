package io.towpath.activities.submit;

import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.activity.ActivityInfo;
import io.towpath.activities.http.ApiClient;
import java.time.Duration;

/** The activity attempt that work is done in; all threads of the attempt may use it. */
public final class Attempt {
  private final int number;
  private final Settle.Limits limits;
  private final Runnable heartbeat;
  private final long beganNanos = System.nanoTime();
  private final long beganMillis = System.currentTimeMillis();

  /**
   * An attempt that begins now, and need not tell of itself.
   *
   * @param number from 1; later ones may find what earlier ones made
   * @param limit how long it may go on to send
   * @param heartbeat says that it lives; throws when the activity was cancelled
   */
  public Attempt(int number, Duration limit, Runnable heartbeat) {
    this(number, Settle.Limits.of(limit), heartbeat);
  }

  private Attempt(int number, Settle.Limits limits, Runnable heartbeat) {
    this.number = number;
    this.limits = limits;
    this.heartbeat = heartbeat;
  }

  /** The attempt of the Temporal activity on whose thread this is called. */
  public static Attempt ofActivity() {
    ActivityExecutionContext context = Activity.getExecutionContext();
    ActivityInfo info = context.getInfo();
    return new Attempt(info.getAttempt(), Settle.granted(info), () -> context.heartbeat(null));
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
  private Settle.Limits left() {
    long nanos = System.nanoTime() - beganNanos;
    long millis = System.currentTimeMillis() - beganMillis;
    Duration left = limits.time().minusMillis(Math.max(nanos / 1_000_000, millis));
    return new Settle.Limits(left, limits.silence());
  }
}
