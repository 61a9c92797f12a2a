package io.towpath.activities.sevenbridges;

import io.towpath.workflows.sevenbridges.SevenBridgesActivities.DraftTasks;
import java.util.List;

/** The draft of a task: found by its key on the project's list. */
class DraftExactlyOnceIT extends SevenBridgesExactlyOnce {
  private final TaskScene tasks = new TaskScene(sandbox());

  DraftExactlyOnceIT() {
    super(TaskScene.CREATE);
  }

  @Override
  protected String submit() {
    DraftTasks request = tasks.request(claim(), TaskScene.OPTIONS, List.of(tasks.line(name())));
    return tasks.line(new TaskDrafts(tasks.tools(SETTLE_TIME), request).ensure()).taskId();
  }
}
