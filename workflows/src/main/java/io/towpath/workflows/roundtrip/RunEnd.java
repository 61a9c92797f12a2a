package io.towpath.workflows.roundtrip;

import io.towpath.workflows.tower.RunEvidence;
import io.towpath.workflows.tower.RunStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How a run ended, in words and for the report. */
record RunEnd(RunEvidence seen) {
  boolean succeeded() {
    return seen.status() == RunStatus.SUCCEEDED;
  }

  /** Whether the platform still has what a resumed run needs. */
  boolean canBeResumed() {
    return seen.sessionId().isPresent() && seen.commitId().isPresent();
  }

  /** What became of the tasks. */
  String tasks() {
    return (seen.tasks().succeeded() + seen.tasks().cached())
        + " of "
        + seen.tasks().total()
        + " tasks, "
        + seen.tasks().cached()
        + " cached";
  }

  /** Why it did not succeed. */
  String problem(String runName) {
    return "run "
        + runName
        + " ended "
        + seen.status()
        + seen.errorMessage().map(message -> ": " + message).orElse("")
        + "; see "
        + seen.url();
  }

  void describe(Map<String, Object> report) {
    report.put("status", seen.status().name());
    report.put("url", seen.url());
    seen.sessionId().ifPresent(id -> report.put("sessionId", id));
    seen.commitId().ifPresent(id -> report.put("commitId", id));
    seen.errorMessage().ifPresent(message -> report.put("errorMessage", message));
    seen.exitStatus().ifPresent(exit -> report.put("exitStatus", exit));
    seen.cost().ifPresent(cost -> report.put("cost", cost));
    Map<String, Object> stats = new TreeMap<>();
    stats.put("succeeded", seen.tasks().succeeded());
    stats.put("cached", seen.tasks().cached());
    stats.put("failed", seen.tasks().failed());
    stats.put("ignored", seen.tasks().ignored());
    report.put("taskStats", stats);
    List<Object> failed = new ArrayList<>();
    for (RunEvidence.FailedTask task : seen.failedTasks()) {
      Map<String, Object> line = new TreeMap<>();
      line.put("process", task.process());
      line.put("tag", task.tag());
      line.put("exit", task.exit());
      line.put("logTail", task.logTail());
      failed.add(line);
    }
    report.put("failedTasks", failed);
  }
}
