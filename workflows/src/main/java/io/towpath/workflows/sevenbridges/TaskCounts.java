package io.towpath.workflows.sevenbridges;

import java.util.Optional;

/**
 * Where a page of tasks stands.
 *
 * @param completed tasks that succeeded
 * @param cached those of them that had ended before this claim looked
 * @param running tasks that the platform has begun or queued
 * @param waiting drafts that wait for their turn
 * @param failed tasks that failed or were aborted and get no new attempt
 * @param reruns new attempts that were made
 * @param cost sum of the prices without those of cached tasks, in the platform's currency; 0 where
 *     it does not say
 * @param currency of the cost; empty where the platform does not say
 * @param attention why a person should look; empty where nobody need
 */
public record TaskCounts(
    int completed,
    int cached,
    int running,
    int waiting,
    int failed,
    int reruns,
    double cost,
    String currency,
    Optional<String> attention) {
  /** Nothing is known yet. */
  public static final TaskCounts NONE = new TaskCounts(0, 0, 0, 0, 0, 0, 0, "", Optional.empty());

  /** So many drafts wait, and nothing else is known. */
  public static TaskCounts waiting(int drafts) {
    return new TaskCounts(0, 0, 0, drafts, 0, 0, 0, "", Optional.empty());
  }

  /** Whether every task has ended. */
  public boolean ended() {
    return running == 0 && waiting == 0;
  }

  /** The sum of two pages. */
  public TaskCounts plus(TaskCounts other) {
    return new TaskCounts(
        completed + other.completed,
        cached + other.cached,
        running + other.running,
        waiting + other.waiting,
        failed + other.failed,
        reruns + other.reruns,
        cost + other.cost,
        currency.isEmpty() ? other.currency : currency,
        attention.or(other::attention));
  }
}
