package io.towpath.activities.sevenbridges;

import io.towpath.workflows.ledger.Claim;
import io.towpath.workflows.model.ManifestRef;
import io.towpath.workflows.model.RunKey;
import io.towpath.workflows.samples.TaskInputs;
import io.towpath.workflows.sevenbridges.SevenBridgesActivities;
import io.towpath.workflows.sevenbridges.SevenBridgesActivities.DraftTasks;
import io.towpath.workflows.sevenbridges.SevenBridgesActivities.StoppedTasks;
import io.towpath.workflows.sevenbridges.TaskState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Leaves nothing of this claim behind. What is ours, the platform tells: the description names the
 * claim, and the key is one of this sheet's. A draft that a person renamed is that person's.
 */
final class TaskStopper {
  /** How often an unclear send is looked for while it may still be under way. */
  private static final int LOOKS = 8;

  private final TaskTools tools;
  private final DraftTasks request;
  private final Claim claim;
  private final TaskEnder ender;
  private final ProjectTasks project;
  private final List<WantedTask> wanted = new ArrayList<>();
  private final Set<String> left = new HashSet<>();
  private int aborted;
  private int deleted;

  TaskStopper(TaskTools tools, DraftTasks request) {
    this.tools = tools;
    this.request = request;
    this.claim = request.claim();
    this.ender = new TaskEnder(tools, claim);
    tools.ledger().requireHeld(claim);
    tools
        .documents()
        .forEach(
            request.inputs(), TaskInputs.class, line -> wanted.add(WantedTask.of(request, line)));
    this.project = ProjectTasks.listed(tools, request, "");
  }

  /** See {@link SevenBridgesActivities#stopTasks}. */
  StoppedTasks stop(Optional<ManifestRef> tasks, boolean unclear) {
    List<TaskState> lines = lines(tasks);
    Duration lookFor = unclear ? tools.settle().afterCancel() : Duration.ZERO;
    long begin = System.nanoTime();
    int before = abortedBefore();
    stopWhatIsThere(lines);
    while (System.nanoTime() - begin < lookFor.toNanos()) {
      tools.settle().sleep(lookFor.dividedBy(LOOKS));
      project.refresh(System.nanoTime());
      stopWhatIsThere(lines);
    }
    return new StoppedTasks(before + aborted, deleted, left.size());
  }

  /** See {@link SevenBridgesActivities#deleteStrayDrafts}. */
  int deleteStrays(ManifestRef tasks) {
    Set<String> kept = new HashSet<>();
    lines(Optional.of(tasks)).forEach(line -> kept.add(line.taskId()));
    ours().keySet().stream()
        .filter(row -> row.draft() && !kept.contains(row.id()))
        .forEach(this::delete);
    return deleted;
  }

  /** A repeated call reports what an earlier attempt of it aborted, too. */
  private int abortedBefore() {
    return (int)
        ours().keySet().stream()
            .filter(row -> row.status().equals("ABORTED"))
            .filter(row -> row.isOfGeneration(claim))
            .count();
  }

  private void stopWhatIsThere(List<TaskState> lines) {
    Map<TaskRow, RunKey> live = ours();
    live.putAll(knownById(lines));
    live.keySet().removeIf(row -> row.phase().ended());
    Set<RunKey> shared =
        live.isEmpty()
            ? Set.of()
            : tools
                .shared()
                .claims()
                .namedByOthers(claim, request.project(), Set.copyOf(live.values()));
    Set<String> running = new HashSet<>();
    live.forEach(
        (row, key) -> {
          if (shared.contains(key)) {
            left.add(row.id());
          } else if (!row.draft() || !delete(row)) {
            running.add(row.id());
          }
        });
    aborted += ender.abort(running);
    running.forEach(project::remove);
    leaveOthers(lines);
  }

  /** What runs and is ours by the lines, whatever its description says by now. */
  private Map<TaskRow, RunKey> knownById(List<TaskState> lines) {
    Map<String, RunKey> keys = new HashMap<>();
    lines.stream().filter(TaskState::ours).forEach(line -> keys.put(line.taskId(), line.key()));
    Map<TaskRow, RunKey> known = new HashMap<>();
    for (TaskRow row : project.all()) {
      RunKey key = keys.get(row.id());
      if (key != null && row.phase() == TaskPhase.ACTIVE) {
        known.put(row, key);
      }
    }
    return known;
  }

  /** Tasks of these lines that another claim made go on. */
  private void leaveOthers(List<TaskState> lines) {
    Set<String> others = new HashSet<>();
    lines.stream().filter(line -> !line.ours()).forEach(line -> others.add(line.taskId()));
    for (TaskRow row : project.all()) {
      if (others.contains(row.id()) && row.phase() == TaskPhase.ACTIVE) {
        left.add(row.id());
      }
    }
  }

  private boolean delete(TaskRow row) {
    if (!ender.delete(row.id())) {
      return false;
    }
    deleted++;
    project.remove(row.id());
    return true;
  }

  /** Tasks that this claim made for this sheet; drafts only as long as they have our name. */
  private Map<TaskRow, RunKey> ours() {
    List<TaskRow> marked = project.all().stream().filter(row -> row.isOf(claim)).toList();
    Map<RunKey, String> names = names(marked);
    Map<TaskRow, RunKey> ours = new HashMap<>();
    for (TaskRow row : marked) {
      RunKey key = row.mark().orElseThrow().key();
      String name = names.get(key);
      if (name != null && (!row.draft() || row.name().equals(name))) {
        ours.put(row, key);
      }
    }
    return ours;
  }

  /** The names of this sheet's tasks by their keys, of as many attempts as were made. */
  private Map<RunKey, String> names(List<TaskRow> marked) {
    int attempts =
        marked.stream()
            .flatMap(row -> row.mark().stream())
            .mapToInt(TaskMark::attempt)
            .max()
            .orElse(0);
    Map<RunKey, String> names = new HashMap<>();
    for (WantedTask task : wanted) {
      for (int attempt = 1; attempt <= attempts; attempt++) {
        RunKey key = task.key(attempt);
        names.put(key, task.name(key));
      }
    }
    return names;
  }

  private List<TaskState> lines(Optional<ManifestRef> tasks) {
    List<TaskState> lines = new ArrayList<>();
    tasks.ifPresent(pages -> tools.documents().forEach(pages, TaskState.class, lines::add));
    return lines;
  }
}
