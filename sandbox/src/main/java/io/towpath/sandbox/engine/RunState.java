package io.towpath.sandbox.engine;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How a run stands at one moment.
 *
 * @param status the platform's own word; scripts may use words that it does not know
 * @param start when the head job began; empty while it is only submitted
 * @param complete when the run ended
 * @param outcome exit status and error texts, empty while all is well
 * @param log lines that the head job printed
 */
public record RunState(
    String status,
    Optional<Instant> start,
    Optional<Instant> complete,
    Outcome outcome,
    List<TaskRecord> tasks,
    List<String> log) {

  /** Exit status and error texts of the head job. */
  public record Outcome(
      Optional<Integer> exitStatus, Optional<String> errorMessage, Optional<String> errorReport) {
    public static final Outcome NONE =
        new Outcome(Optional.empty(), Optional.empty(), Optional.empty());
    public static final Outcome GOOD =
        new Outcome(Optional.of(0), Optional.empty(), Optional.empty());
  }

  public RunState {
    tasks = List.copyOf(tasks);
    log = List.copyOf(log);
  }

  /** Whether nothing more will happen: UNKNOWN is no end until a completion time is set. */
  public boolean ended() {
    return switch (status) {
      case "SUCCEEDED", "FAILED", "CANCELLED" -> true;
      default -> complete.isPresent();
    };
  }

  public long count(String taskStatus) {
    return tasks.stream().filter(task -> task.status().equals(taskStatus)).count();
  }
}
