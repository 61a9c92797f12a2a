package io.towpath.activities.sevenbridges;

import io.towpath.activities.store.S3Documents;
import io.towpath.workflows.model.ManifestRef;
import io.towpath.workflows.sevenbridges.TaskLine;
import io.towpath.workflows.sevenbridges.TaskState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Tells of the first tasks for a report; those that failed come first. */
final class TaskTelling {
  private static final int LONGEST_PROBLEM = 300;

  private final SevenBridgesAccount account;
  private final String project;

  TaskTelling(SevenBridgesAccount account, String project) {
    this.account = account;
    this.project = project;
  }

  List<TaskLine> tell(S3Documents documents, ManifestRef tasks, int most) {
    List<TaskState> all = new ArrayList<>();
    documents.forEach(tasks, TaskState.class, all::add);
    return all.stream()
        .sorted(Comparator.comparing(TaskTelling::well))
        .limit(most)
        .map(this::line)
        .toList();
  }

  /** A draft that nothing is wrong with counts as well as a task that succeeded. */
  private static boolean well(TaskState task) {
    return TaskPhase.of(task.status()) != TaskPhase.FAILED && task.problem().isEmpty();
  }

  private TaskLine line(TaskState task) {
    return new TaskLine(
        task.sample(),
        task.taskId(),
        task.status(),
        task.attempt() - task.firstAttempt(),
        task.price(),
        account.taskPage(project, task.taskId()),
        task.problem().map(TaskTelling::shortened));
  }

  private static String shortened(String problem) {
    return problem.length() <= LONGEST_PROBLEM
        ? problem
        : problem.substring(0, LONGEST_PROBLEM) + "…";
  }
}
