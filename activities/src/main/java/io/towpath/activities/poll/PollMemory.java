package io.towpath.activities.poll;

import io.temporal.activity.Activity;
import java.util.Optional;

/** Where a wait keeps its state between attempts. */
public interface PollMemory {
  Optional<PollState> recall();

  void keep(PollState state);

  /** Heartbeat details of the current activity: they survive attempts, workers and restarts. */
  static PollMemory inActivity() {
    return new PollMemory() {
      @Override
      public Optional<PollState> recall() {
        return Activity.getExecutionContext().getHeartbeatDetails(PollState.class);
      }

      @Override
      public void keep(PollState state) {
        Activity.getExecutionContext().heartbeat(state);
      }
    };
  }
}
