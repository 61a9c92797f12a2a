package io.towpath.activities.sevenbridges;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.activities.http.PlatformException;
import io.towpath.activities.submit.SubmitOnce;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.ledger.Claim;
import io.towpath.workflows.model.RunKey;
import io.towpath.workflows.sevenbridges.SevenBridgesActivities.DraftTasks;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Finds the tasks of attempts or makes their drafts, leaves one for each key, and brings drafts to
 * the inputs that were asked for. Whoever else makes drafts of the same keys at the same time comes
 * to the same choice: both list again after they made theirs and before they run any.
 */
final class DraftMaker {
  private final TaskTools tools;
  private final DraftTasks request;
  private final ProjectTasks project;
  private final SubmitOnce submit;
  private final TaskEnder ender;
  private int doubles;

  DraftMaker(TaskTools tools, DraftTasks request, ProjectTasks project) {
    this.tools = tools;
    this.request = request;
    this.project = project;
    this.submit = new SubmitOnce(tools.ledger(), tools.settle());
    this.ender = new TaskEnder(tools, request.claim());
  }

  /**
   * What became of an attempt.
   *
   * @param row its task; empty where the platform refused to make it
   * @param problem why it cannot be run
   */
  record Drafted(TaskAttempt attempt, Optional<TaskRow> row, Optional<String> problem) {}

  /** Drafts that were deleted because another task carries the same key. */
  int doubles() {
    return doubles;
  }

  /** The tasks of these attempts, in their order. */
  List<Drafted> make(List<TaskAttempt> attempts) {
    AtomicInteger made = new AtomicInteger();
    List<Drafted> drafts = tools.each(attempts, attempt -> findOrMake(attempt, made));
    if (made.get() > 0) {
      project.refresh(System.nanoTime());
    }
    leaveOnePerKey(attempts);
    return checked(drafts.stream().map(this::best).toList());
  }

  private Drafted findOrMake(TaskAttempt attempt, AtomicInteger made) {
    Optional<TaskRow> found = project.best(attempt.key());
    if (found.isPresent()) {
      return new Drafted(attempt, found, Optional.empty());
    }
    made.incrementAndGet();
    try {
      TaskRow row = submit.submit(new DraftEffect(tools.client(), project, attempt));
      return new Drafted(attempt, Optional.of(row), Optional.empty());
    } catch (PlatformException e) {
      if (e.kind() != FailureKind.INPUT_REJECTED) {
        throw e;
      }
      return new Drafted(attempt, Optional.empty(), Optional.ofNullable(e.getMessage()));
    }
  }

  private Drafted best(Drafted draft) {
    return new Drafted(
        draft.attempt(), project.best(draft.attempt().key()).or(draft::row), draft.problem());
  }

  /** Deletes our other drafts and aborts our other runs; what others made is theirs. */
  private void leaveOnePerKey(List<TaskAttempt> attempts) {
    Claim claim = request.claim();
    List<String> running = new ArrayList<>();
    for (TaskAttempt attempt : attempts) {
      List<TaskRow> rows = project.carrying(attempt.key());
      for (TaskRow other : rows.subList(Math.min(1, rows.size()), rows.size())) {
        if (other.isOf(claim) && other.draft() && other.name().equals(attempt.name())) {
          doubles += delete(other.id());
        } else if (other.isOf(claim) && other.phase() == TaskPhase.ACTIVE) {
          running.add(other.id());
        }
      }
    }
    ender.abort(running);
  }

  /** A draft that somebody runs meanwhile is none any more. */
  private int delete(String id) {
    boolean deleted = ender.delete(id);
    if (deleted) {
      project.remove(id);
    }
    return deleted ? 1 : 0;
  }

  /** Gives drafts the inputs that they lack, looks at them again, and says what is wrong then. */
  private List<Drafted> checked(List<Drafted> drafts) {
    List<Drafted> whole = whole(drafts);
    List<Drafted> wrong = whole.stream().filter(DraftMaker::lacksInputs).toList();
    Map<RunKey, Drafted> repaired = new HashMap<>();
    whole(tools.each(wrong, this::patched))
        .forEach(draft -> repaired.put(draft.attempt().key(), draft));
    return whole.stream()
        .map(draft -> repaired.getOrDefault(draft.attempt().key(), draft))
        .map(DraftMaker::judged)
        .toList();
  }

  /** The same with all fields of their tasks. */
  private List<Drafted> whole(List<Drafted> drafts) {
    List<String> ids =
        drafts.stream().flatMap(draft -> draft.row().stream()).map(TaskRow::id).toList();
    Map<String, TaskRow> rows = tools.rows(ids);
    List<Drafted> whole = new ArrayList<>();
    for (Drafted draft : drafts) {
      Optional<TaskRow> row =
          draft
              .row()
              .map(task -> Optional.ofNullable(rows.get(task.id())).orElseThrow(() -> gone(draft)));
      whole.add(new Drafted(draft.attempt(), row, draft.problem()));
    }
    return whole;
  }

  private static boolean lacksInputs(Drafted draft) {
    return draft
        .row()
        .filter(TaskRow::draft)
        .filter(row -> !differing(draft.attempt(), row).isEmpty())
        .isPresent();
  }

  /** A draft that was changed, or that is none any more. */
  private Drafted patched(Drafted draft) {
    String id = draft.row().map(TaskRow::id).orElseThrow();
    ObjectNode changes = SevenBridgesApi.object();
    changes.set("inputs", draft.attempt().task().inputs(draft.attempt().key(), id));
    tools.ledger().requireHeldLately(request.claim());
    try {
      tools.client().editDraft(id, changes);
      return draft;
    } catch (PlatformException e) {
      return switch (e.kind()) {
        case CONFLICT -> draft;
        case INPUT_REJECTED ->
            new Drafted(draft.attempt(), draft.row(), Optional.ofNullable(e.getMessage()));
        default -> throw e;
      };
    }
  }

  private static Drafted judged(Drafted draft) {
    return new Drafted(
        draft.attempt(),
        draft.row(),
        draft.problem().or(() -> draft.row().flatMap(row -> problem(draft.attempt(), row))));
  }

  private static Optional<String> problem(TaskAttempt attempt, TaskRow row) {
    if (row.draft() && !row.errors().isEmpty()) {
      return Optional.of(String.join("; ", row.errors()));
    }
    List<String> differing = differing(attempt, row);
    if (differing.isEmpty()) {
      return Optional.empty();
    }
    String inputs = "task " + row.id() + " has other inputs than were asked for: " + differing;
    return Optional.of(
        row.draft()
            ? inputs
            : inputs
                + "; it carries our key "
                + attempt.key()
                + ": take that out of its name and description, and it is left alone");
  }

  private static List<String> differing(TaskAttempt attempt, TaskRow row) {
    ObjectNode asked = attempt.task().inputs(attempt.key(), row.id());
    return SameInputs.differing(asked, row.json().path("inputs"));
  }

  private static PlatformException gone(Drafted draft) {
    return new PlatformException(
        FailureKind.PLATFORM_UNAVAILABLE,
        "the task of sample "
            + draft.attempt().task().sample()
            + " was there a moment ago and is gone; it is looked for again");
  }
}
