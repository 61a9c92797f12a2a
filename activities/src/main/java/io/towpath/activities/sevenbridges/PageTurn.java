package io.towpath.activities.sevenbridges;

import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.samples.TaskInputs;
import io.towpath.workflows.sevenbridges.SevenBridgesActivities.DraftTasks;
import io.towpath.workflows.sevenbridges.SevenBridgesActivities.RunPage;
import io.towpath.workflows.sevenbridges.TaskState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One turn at a page of tasks: asks how they are, makes the new attempts of failed ones, and begins
 * as many drafts as may run. What was seen is stored before anything is made of it.
 */
final class PageTurn {
  private final TaskTools tools;
  private final DraftTasks request;
  private final int atOnce;
  private final TaskPage page;
  private final Map<String, TaskRow> rows = new HashMap<>();

  PageTurn(TaskTools tools, RunPage request, TaskPage page) {
    this.tools = tools;
    this.request = request.request();
    this.atOnce = request.atOnce();
    this.page = page;
  }

  /**
   * Takes the turn; returns what cut it short, if anything: the next one goes on from there.
   *
   * @param fresh how old an answer may be
   */
  Optional<PlatformException> take(Duration fresh) {
    try {
      List<TaskState> gone = look(fresh);
      page.store();
      if (!page.halted()) {
        repeat();
        makeAgain(gone);
        begin();
      }
      return Optional.empty();
    } catch (PlatformException e) {
      if (e.kind() == FailureKind.CLAIM_LOST || e.kind() == FailureKind.STILL_RUNNING) {
        throw e;
      }
      return Optional.of(e);
    } finally {
      page.store();
    }
  }

  /** Changes while the tasks make progress. */
  String fingerprint() {
    long steps = rows.values().stream().mapToLong(TaskRow::steps).sum();
    return page.counts(Optional.empty()) + " " + steps;
  }

  /** Asks for what runs and for what is begun next; returns drafts that are gone. */
  private List<TaskState> look(Duration fresh) {
    List<TaskState> asked = new ArrayList<>(page.running());
    asked.addAll(next());
    Set<String> ids = new LinkedHashSet<>();
    asked.forEach(line -> ids.add(line.taskId()));
    rows.putAll(TaskTools.rows(tools.account().taskStates().askAll(ids, fresh)));
    List<TaskState> gone = new ArrayList<>();
    for (TaskState line : asked) {
      TaskRow row = rows.get(line.taskId());
      if (row != null) {
        page.put(TaskLines.seen(line, row));
      } else if (TaskPhase.of(line.status()) == TaskPhase.DRAFT) {
        tools.account().taskStates().forget(line.taskId());
        gone.add(line);
      } else {
        throw new PlatformException(
            FailureKind.PLATFORM_UNAVAILABLE,
            "the platform does not know task " + line.taskId() + " of sample " + line.sample());
      }
    }
    return gone;
  }

  private List<TaskState> next() {
    List<TaskState> drafts = page.drafts();
    int free = Math.max(0, atOnce - page.running().size());
    return drafts.subList(0, Math.min(free, drafts.size()));
  }

  private void repeat() {
    List<TaskState> failed = page.toRepeat();
    List<DraftMaker.Drafted> drafts =
        made(failed, 1, failed.stream().map(TaskState::taskId).toList());
    for (int i = 0; i < drafts.size(); i++) {
      page.put(TaskLines.again(failed.get(i), drafts.get(i)));
    }
    page.store();
  }

  private void makeAgain(List<TaskState> gone) {
    List<DraftMaker.Drafted> drafts = made(gone, 0, List.of());
    for (int i = 0; i < drafts.size(); i++) {
      page.put(TaskLines.madeAgain(gone.get(i), drafts.get(i)));
    }
    page.store();
  }

  /**
   * Finds or makes drafts for lines.
   *
   * @param later by how many attempts they come after what the lines name
   * @param after tasks before which none of them can have been made
   */
  private List<DraftMaker.Drafted> made(List<TaskState> lines, int later, List<String> after) {
    if (lines.isEmpty()) {
      return List.of();
    }
    Map<String, WantedTask> wanted = wanted(lines);
    List<TaskAttempt> attempts = new ArrayList<>();
    for (TaskState line : lines) {
      int number = line.attempt() + later;
      boolean memoize = request.options().memoize() || number > line.firstAttempt();
      WantedTask task = Optional.ofNullable(wanted.get(line.sample())).orElseThrow();
      attempts.add(new TaskAttempt(task, number, line.firstAttempt(), memoize));
    }
    ProjectTasks project = ProjectTasks.listed(tools, request, earliest(after));
    return new DraftMaker(tools, request, project).make(attempts);
  }

  /** When the first of these tasks was made; empty where that is not known of each. */
  private String earliest(List<String> ids) {
    String earliest = "";
    for (String id : ids) {
      String created = Optional.ofNullable(rows.get(id)).map(TaskRow::created).orElse("");
      if (created.isEmpty()) {
        return "";
      }
      earliest = earliest.isEmpty() || created.compareTo(earliest) < 0 ? created : earliest;
    }
    return earliest;
  }

  private Map<String, WantedTask> wanted(List<TaskState> lines) {
    Set<String> samples = new LinkedHashSet<>();
    lines.forEach(line -> samples.add(line.sample()));
    Map<String, WantedTask> wanted = new HashMap<>();
    tools
        .documents()
        .forEach(
            request.inputs(),
            TaskInputs.class,
            line -> {
              if (samples.contains(line.sample())) {
                wanted.put(line.sample(), WantedTask.of(request, line));
              }
            });
    return wanted;
  }

  private void begin() {
    AtomicReference<PlatformException> failure = new AtomicReference<>();
    tools.each(next(), line -> begun(line, failure)).forEach(page::put);
    if (failure.get() != null) {
      throw failure.get();
    }
  }

  /** After one failure that is not the task's own, the others wait for the next turn. */
  private TaskState begun(TaskState line, AtomicReference<PlatformException> failure) {
    if (failure.get() != null) {
      return line;
    }
    tools.ledger().requireHeldLately(request.claim());
    try {
      return begun(line);
    } catch (PlatformException e) {
      failure.compareAndSet(null, e);
      return line;
    }
  }

  /** Running is repeatable: it is refused unless the task is a draft. */
  private TaskState begun(TaskState line) {
    try {
      TaskRow row = TaskRow.of(tools.client().runTask(line.taskId()));
      return row.id().isEmpty() ? line : TaskLines.seen(line, row);
    } catch (PlatformException e) {
      if (e.kind() == FailureKind.PLATFORM_UNAVAILABLE) {
        throw e;
      }
      return tools
          .client()
          .task(line.taskId())
          .map(TaskRow::of)
          .map(now -> judged(line, now, e))
          .orElse(line);
    }
  }

  private static TaskState judged(TaskState line, TaskRow now, PlatformException refusal) {
    if (!now.draft()) {
      return TaskLines.seen(line, now);
    }
    if (refusal.kind() == FailureKind.INPUT_REJECTED) {
      return TaskLines.refused(line, refusal(refusal, now));
    }
    throw refusal;
  }

  private static String refusal(PlatformException e, TaskRow row) {
    List<String> words = new ArrayList<>(row.errors());
    words.add(String.valueOf(e.getMessage()));
    return String.join("; ", words);
  }
}
