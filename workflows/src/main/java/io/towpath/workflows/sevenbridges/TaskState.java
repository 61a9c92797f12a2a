package io.towpath.workflows.sevenbridges;

import io.towpath.workflows.model.RunKey;
import java.util.List;
import java.util.Optional;

/**
 * One sample's task as it was last seen, a line of a page.
 *
 * @param sample the sample
 * @param key operation key of its newest attempt, which the task's name and description carry
 * @param attempt number of that attempt, from 1
 * @param firstAttempt number of the attempt that this generation began with; reruns count from it
 * @param taskId the platform's id
 * @param status the platform's word
 * @param ours whether this claim made it
 * @param cached whether it had ended before this claim looked
 * @param price what the ended attempts of this generation cost, {@code 1.25 USD}; empty where the
 *     platform does not say
 * @param problem why it cannot run or failed, in the platform's words
 * @param failedIds ids of attempts of this generation that failed and are over and done with
 */
public record TaskState(
    String sample,
    RunKey key,
    int attempt,
    int firstAttempt,
    String taskId,
    String status,
    boolean ours,
    boolean cached,
    Optional<String> price,
    Optional<String> problem,
    List<String> failedIds) {
  public TaskState {
    failedIds = failedIds == null ? List.of() : List.copyOf(failedIds);
  }
}
