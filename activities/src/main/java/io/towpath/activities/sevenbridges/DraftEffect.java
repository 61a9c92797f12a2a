package io.towpath.activities.sevenbridges;

import io.towpath.activities.http.PlatformException;
import io.towpath.activities.submit.Effect;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.ledger.Claim;
import io.towpath.workflows.model.RunKey;
import java.time.Duration;
import java.util.Optional;

/**
 * The draft of a task, found by its key. A second draft costs nothing and can be deleted, so no
 * intents are kept. The first look trusts the listing that was just made; later ones list what is
 * new.
 */
final class DraftEffect implements Effect<TaskRow> {
  /** Tasks stay until a person deletes them. */
  private static final Duration HORIZON = Duration.ofDays(90);

  private final TasksClient client;
  private final ProjectTasks project;
  private final TaskAttempt attempt;
  private boolean looked;

  DraftEffect(TasksClient client, ProjectTasks project, TaskAttempt attempt) {
    this.client = client;
    this.project = project;
    this.attempt = attempt;
  }

  @Override
  public Claim claim() {
    return attempt.task().request().claim();
  }

  @Override
  public String step() {
    return "task";
  }

  @Override
  public RunKey key() {
    return attempt.key();
  }

  @Override
  public boolean canDouble() {
    return false;
  }

  @Override
  public Optional<TaskRow> find() {
    if (looked) {
      project.refresh(System.nanoTime());
    }
    looked = true;
    return project.best(key());
  }

  @Override
  public TaskRow send() {
    TaskRow made = TaskRow.of(client.createDraft(attempt.draft()));
    if (made.id().isEmpty()) {
      throw new PlatformException(
          FailureKind.OUTCOME_UNKNOWN, "Seven Bridges POST /tasks answered without a task");
    }
    project.add(made);
    return made;
  }

  @Override
  public String idOf(TaskRow made) {
    return made.id();
  }

  @Override
  public Duration horizon() {
    return HORIZON;
  }
}
