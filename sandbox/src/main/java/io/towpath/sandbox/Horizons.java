package io.towpath.sandbox;

import java.time.Duration;

/**
 * How late the platforms show what was made, and how long they remember what has ended.
 *
 * @param listing how long listings of Seqera, Batch and ECS lag behind
 * @param jobs how long Batch remembers a job after its end
 * @param tasks how long ECS remembers a task after its end
 * @param tokens how long a clientToken of ECS stands for its request
 */
public record Horizons(Duration listing, Duration jobs, Duration tasks, Duration tokens) {
  /** No lag, and the shortest that AWS documents. */
  public static Horizons documented() {
    return new Horizons(
        Duration.ZERO, Duration.ofHours(24), Duration.ofHours(1), Duration.ofHours(24));
  }

  public Horizons withListing(Duration lag) {
    return new Horizons(lag, jobs, tasks, tokens);
  }

  public Horizons withJobs(Duration retention) {
    return new Horizons(listing, retention, tasks, tokens);
  }

  public Horizons withTasks(Duration retention) {
    return new Horizons(listing, jobs, retention, tokens);
  }

  public Horizons withTokens(Duration life) {
    return new Horizons(listing, jobs, tasks, life);
  }
}
