package io.towpath.activities.synapse;

import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.towpath.activities.http.ApiClient;
import java.time.Duration;

/**
 * The activity attempt that work is done in; may be used by all threads of the attempt.
 *
 * @param number from 1; later ones may find what earlier ones made
 * @param limit how long the attempt may go on to send
 * @param heartbeat says that it lives; throws when the activity was cancelled
 */
public record Attempt(int number, Duration limit, Runnable heartbeat) {
  /** The attempt of the Temporal activity on whose thread this is called. */
  public static Attempt ofActivity() {
    ActivityExecutionContext context = Activity.getExecutionContext();
    return new Attempt(
        context.getInfo().getAttempt(),
        context.getInfo().getStartToCloseTimeout().minus(ApiClient.CALL_TIMEOUT),
        () -> context.heartbeat(null));
  }
}
