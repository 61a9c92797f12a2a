package io.towpath.activities.sevenbridges;

import io.towpath.activities.http.PlatformException;
import io.towpath.activities.store.PageWriter;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.model.ManifestRef;
import io.towpath.workflows.samples.TaskInputs;
import io.towpath.workflows.sevenbridges.SevenBridgesActivities;
import io.towpath.workflows.sevenbridges.SevenBridgesActivities.DraftTasks;
import io.towpath.workflows.sevenbridges.SevenBridgesActivities.DraftedTasks;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** See {@link SevenBridgesActivities#ensureDrafts}. */
final class TaskDrafts {
  /** A person may have taken the key off a task: attempts are looked for this far beyond a gap. */
  private static final int GAP = 8;

  private static final int MOST_NAMED = 20;

  private final TaskTools tools;
  private final DraftTasks request;
  private final ProjectTasks project;

  TaskDrafts(TaskTools tools, DraftTasks request) {
    this.tools = tools;
    this.request = request;
    this.project = ProjectTasks.listed(tools, request, "");
  }

  /** Drafts that the platform finds wrong stay as drafts, where a person can look at them. */
  DraftedTasks ensure() {
    List<TaskAttempt> attempts = new ArrayList<>();
    tools
        .documents()
        .forEach(
            request.inputs(),
            TaskInputs.class,
            line -> attempts.add(attempt(WantedTask.of(request, line))));
    DraftMaker maker = new DraftMaker(tools, request, project);
    List<DraftMaker.Drafted> drafts = maker.make(attempts);
    requireNoProblem(drafts);
    return store(drafts, maker.doubles());
  }

  /** The newest attempt that there is, or the next one where that is over and done with. */
  private TaskAttempt attempt(WantedTask task) {
    int newest = newest(task);
    Optional<TaskRow> row = newest == 0 ? Optional.empty() : project.best(task.key(newest));
    boolean memoize = request.options().memoize();
    if (row.isEmpty()) {
      return new TaskAttempt(task, 1, 1, memoize);
    }
    Optional<TaskMark> own = row.get().mark().filter(mark -> mark.isOfGeneration(request.claim()));
    if (own.isPresent()) {
      return new TaskAttempt(task, newest, own.get().first(), memoize);
    }
    return switch (row.get().phase()) {
      case FAILED -> new TaskAttempt(task, newest + 1, newest + 1, true);
      case COMPLETED ->
          request.again()
              ? new TaskAttempt(task, newest + 1, newest + 1, memoize)
              : new TaskAttempt(task, newest, newest, memoize);
      case ACTIVE, DRAFT -> new TaskAttempt(task, newest, newest, memoize);
    };
  }

  private int newest(WantedTask task) {
    int newest = 0;
    for (int attempt = 1; attempt <= newest + GAP; attempt++) {
      newest = project.best(task.key(attempt)).isPresent() ? attempt : newest;
    }
    return newest;
  }

  private static void requireNoProblem(List<DraftMaker.Drafted> drafts) {
    List<String> problems =
        drafts.stream()
            .flatMap(
                draft ->
                    draft.problem().stream()
                        .map(problem -> draft.attempt().task().sample() + ": " + problem))
            .toList();
    if (problems.isEmpty()) {
      return;
    }
    int named = Math.min(MOST_NAMED, problems.size());
    throw new PlatformException(
        FailureKind.INPUT_REJECTED,
        problems.size()
            + " of "
            + drafts.size()
            + " tasks cannot be run; they stay as drafts, and nothing was begun: "
            + String.join("; ", problems.subList(0, named))
            + (problems.size() > named ? "; and " + (problems.size() - named) + " more" : ""));
  }

  private DraftedTasks store(List<DraftMaker.Drafted> drafts, int doubles) {
    PageWriter pages =
        tools.documents().paged(request.result(), SevenBridgesActivities.TASKS_PER_PAGE);
    int created = 0;
    for (DraftMaker.Drafted draft : drafts) {
      TaskRow row = draft.row().orElseThrow();
      created += row.isOfGeneration(request.claim()) ? 1 : 0;
      pages.add(TaskLines.begun(draft.attempt(), row, failedBefore(draft.attempt())), 0);
    }
    ManifestRef tasks = pages.finish().rewritten();
    return new DraftedTasks(tasks, created, drafts.size() - created, doubles);
  }

  private List<String> failedBefore(TaskAttempt attempt) {
    List<String> ids = new ArrayList<>();
    for (int number = attempt.first(); number < attempt.number(); number++) {
      project.best(attempt.task().key(number)).ifPresent(row -> ids.add(row.id()));
    }
    return ids;
  }
}
