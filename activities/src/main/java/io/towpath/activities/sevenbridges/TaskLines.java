package io.towpath.activities.sevenbridges;

import io.towpath.workflows.ledger.Claim;
import io.towpath.workflows.sevenbridges.TaskState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How the line of one sample's task changes while the task goes on. */
final class TaskLines {
  private TaskLines() {}

  /**
   * The line of a task that was made or found.
   *
   * @param failedIds earlier attempts of this generation
   */
  static TaskState begun(TaskAttempt attempt, TaskRow row, List<String> failedIds) {
    Claim claim = attempt.task().request().claim();
    boolean before = !row.isOfGeneration(claim);
    TaskState line =
        new TaskState(
            attempt.task().sample(),
            attempt.key(),
            attempt.number(),
            attempt.first(),
            row.id(),
            "DRAFT",
            row.isOf(claim),
            before && row.phase() == TaskPhase.COMPLETED,
            Optional.empty(),
            Optional.empty(),
            failedIds);
    return seen(line, row);
  }

  /** The line after an answer, which may be older than what the line tells already. */
  static TaskState seen(TaskState line, TaskRow row) {
    TaskPhase was = TaskPhase.of(line.status());
    if (was.ended() || (row.draft() && was != TaskPhase.DRAFT)) {
      return line;
    }
    Optional<Price> price = Price.of(line.price());
    return with(
        line,
        row.status(),
        (row.phase().ended() ? Price.sum(price, Price.of(row)) : price).map(Price::text),
        row.phase() == TaskPhase.FAILED ? Optional.of(words(row)) : line.problem());
  }

  /** The line of a draft that cannot be run. */
  static TaskState refused(TaskState line, String problem) {
    return with(line, line.status(), line.price(), Optional.of(problem));
  }

  /** The line of a failed task whose next attempt was made, or cannot be made. */
  static TaskState again(TaskState line, DraftMaker.Drafted next) {
    List<String> failed = new ArrayList<>(line.failedIds());
    failed.add(line.taskId());
    if (next.row().isEmpty()) {
      return new TaskState(
          line.sample(),
          line.key(),
          line.attempt(),
          line.firstAttempt(),
          line.taskId(),
          line.status(),
          line.ours(),
          false,
          line.price(),
          next.problem(),
          failed);
    }
    return followed(line, next, next.row().get(), failed);
  }

  /** The line of a draft that was gone and made again, or cannot be made again. */
  static TaskState madeAgain(TaskState line, DraftMaker.Drafted next) {
    return next.row().isEmpty()
        ? with(line, line.status(), line.price(), next.problem())
        : followed(line, next, next.row().get(), line.failedIds());
  }

  private static TaskState followed(
      TaskState line, DraftMaker.Drafted next, TaskRow row, List<String> failed) {
    TaskState begun = begun(next.attempt(), row, failed);
    Optional<Price> spent = Price.sum(Price.of(line.price()), Price.of(begun.price()));
    return with(begun, begun.status(), spent.map(Price::text), next.problem().or(begun::problem));
  }

  /** Whether a failed task may have a new attempt. */
  static boolean mayGoOn(TaskState line, int maxReruns) {
    return TaskPhase.of(line.status()) == TaskPhase.FAILED
        && line.attempt() - line.firstAttempt() < maxReruns
        && !line.failedIds().contains(line.taskId());
  }

  private static String words(TaskRow row) {
    List<String> words = new ArrayList<>();
    words.add(row.message().isEmpty() ? row.status() : row.message());
    words.addAll(row.errors());
    return String.join("; ", words);
  }

  private static TaskState with(
      TaskState line, String status, Optional<String> price, Optional<String> problem) {
    return new TaskState(
        line.sample(),
        line.key(),
        line.attempt(),
        line.firstAttempt(),
        line.taskId(),
        status,
        line.ours(),
        line.cached(),
        price,
        problem,
        line.failedIds());
  }
}
