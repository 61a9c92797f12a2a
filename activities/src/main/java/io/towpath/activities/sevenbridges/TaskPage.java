package io.towpath.activities.sevenbridges;

import io.towpath.activities.store.S3Documents;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.sevenbridges.SevenBridgesActivities.RunPage;
import io.towpath.workflows.sevenbridges.SevenBridgesActivities.TaskOptions;
import io.towpath.workflows.sevenbridges.TaskCounts;
import io.towpath.workflows.sevenbridges.TaskState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The lines of one page of tasks: what was seen last, kept in an object, so that neither a killed
 * worker nor a new attempt forgets it. What the lines lack, the platform tells again.
 */
final class TaskPage {
  private final S3Documents documents;
  private final S3Uri object;
  private final TaskOptions options;
  private final boolean startsNone;
  private final Map<String, TaskState> bySample = new LinkedHashMap<>();
  private List<TaskState> stored;

  private TaskPage(S3Documents documents, RunPage request) {
    this.documents = documents;
    this.object = request.tasks().page(request.page());
    this.options = request.request().options();
    this.startsNone = request.atOnce() == 0;
    this.stored = documents.readPage(object, TaskState.class);
    stored.forEach(this::put);
  }

  static TaskPage read(S3Documents documents, RunPage request) {
    return new TaskPage(documents, request);
  }

  void put(TaskState line) {
    bySample.put(line.sample(), line);
  }

  /** Stores what changed since the last time. */
  void store() {
    List<TaskState> now = List.copyOf(bySample.values());
    if (!now.equals(stored)) {
      documents.writePage(object, now);
      stored = now;
    }
  }

  int size() {
    return bySample.size();
  }

  /** Tasks that the platform has begun or queued. */
  List<TaskState> running() {
    return in(Standing.RUNNING);
  }

  /** Drafts that wait for their turn, in order. */
  List<TaskState> drafts() {
    return in(Standing.DRAFT);
  }

  /** Failed tasks that get a new attempt. */
  List<TaskState> toRepeat() {
    return in(Standing.TO_REPEAT);
  }

  /** Whether drafts stay drafts: nobody wants more, or a task failed for good. */
  boolean halted() {
    return startsNone || (!options.continueOnFailure() && !in(Standing.FAILED).isEmpty());
  }

  /** Whether nothing goes on any more. */
  boolean over() {
    boolean waiting = !drafts().isEmpty() || !toRepeat().isEmpty();
    return running().isEmpty() && (!waiting || halted());
  }

  TaskCounts counts(Optional<String> attention) {
    int cached = 0;
    int reruns = 0;
    Optional<Price> cost = Optional.empty();
    for (TaskState line : bySample.values()) {
      cached += line.cached() ? 1 : 0;
      reruns += line.attempt() - line.firstAttempt();
      cost = line.cached() ? cost : Price.sum(cost, Price.of(line.price()));
    }
    return new TaskCounts(
        in(Standing.COMPLETED).size(),
        cached,
        running().size(),
        drafts().size() + toRepeat().size(),
        in(Standing.FAILED).size(),
        reruns,
        cost.map(price -> price.amount().doubleValue()).orElse(0.0),
        cost.map(Price::currency).orElse(""),
        attention);
  }

  private enum Standing {
    COMPLETED,
    RUNNING,
    DRAFT,
    TO_REPEAT,
    FAILED
  }

  private List<TaskState> in(Standing standing) {
    List<TaskState> lines = new ArrayList<>();
    for (TaskState line : bySample.values()) {
      if (standing(line) == standing) {
        lines.add(line);
      }
    }
    return lines;
  }

  private Standing standing(TaskState line) {
    return switch (TaskPhase.of(line.status())) {
      case COMPLETED -> Standing.COMPLETED;
      case ACTIVE -> Standing.RUNNING;
      case DRAFT -> line.problem().isPresent() ? Standing.FAILED : Standing.DRAFT;
      case FAILED ->
          TaskLines.mayGoOn(line, options.maxReruns()) ? Standing.TO_REPEAT : Standing.FAILED;
    };
  }
}
