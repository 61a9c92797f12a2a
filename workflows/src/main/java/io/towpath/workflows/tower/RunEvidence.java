package io.towpath.workflows.tower;

import java.util.List;
import java.util.Optional;

/**
 * What the platform knows of a finished run, small enough for the report.
 *
 * @param sessionId Nextflow session, needed to resume
 * @param commitId commit that ran; empty when the run never began
 * @param workDir where its tasks worked; needed to resume
 * @param url where to watch it
 * @param errorMessage the platform's error message, shortened
 * @param exitStatus exit status of the head job
 * @param tasks counts by state
 * @param cost cost in the platform's currency, where it states one
 * @param failedTasks the first failed tasks (at most 10) with the tails of their logs
 */
public record RunEvidence(
    RunStatus status,
    Optional<String> sessionId,
    Optional<String> commitId,
    Optional<String> workDir,
    String url,
    Optional<String> errorMessage,
    Optional<Integer> exitStatus,
    TaskStats tasks,
    Optional<Double> cost,
    List<FailedTask> failedTasks) {

  /** Numbers of tasks by how they ended. */
  public record TaskStats(long succeeded, long cached, long failed, long ignored) {
    public long total() {
      return succeeded + cached + failed + ignored;
    }
  }

  /** One failed task; {@code logTail} has at most 20 lines and 1,500 characters. */
  public record FailedTask(String process, String tag, String exit, String logTail) {}

  public RunEvidence {
    workDir = workDir == null ? Optional.empty() : workDir;
    failedTasks = failedTasks == null ? List.of() : List.copyOf(failedTasks);
  }
}
