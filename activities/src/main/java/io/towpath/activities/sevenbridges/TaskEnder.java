package io.towpath.activities.sevenbridges;

import io.towpath.activities.http.PlatformException;
import io.towpath.activities.poll.PollPace;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.ledger.Claim;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Ends tasks that this claim made, and awaits their end. Everything here may be repeated. */
final class TaskEnder {
  /** An attempt that waited this long lets the next one go on. */
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

  private final TaskTools tools;
  private final Claim claim;

  TaskEnder(TaskTools tools, Claim claim) {
    this.tools = tools;
    this.claim = claim;
  }

  /** Deletes drafts; false for one that is no draft any more. */
  boolean delete(String id) {
    tools.ledger().requireHeldLately(claim);
    try {
      tools.client().deleteTask(id);
      return true;
    } catch (PlatformException e) {
      if (e.kind() == FailureKind.CONFLICT) {
        return false;
      }
      throw e;
    }
  }

  /** Aborts what runs and waits until it has ended; returns how many were aborted. */
  int abort(Collection<String> ids) {
    Set<String> left = new HashSet<>(ids);
    Set<String> accepted = new HashSet<>();
    int aborted = 0;
    long begin = System.nanoTime();
    while (!left.isEmpty()) {
      Map<String, TaskRow> rows = tools.rows(left);
      left.retainAll(rows.keySet());
      for (TaskRow row : rows.values()) {
        aborted += row.status().equals("ABORTED") ? 1 : 0;
        if (row.phase().ended() || (!accepted.contains(row.id()) && !goesOn(row, accepted))) {
          left.remove(row.id());
        }
      }
      if (!left.isEmpty()) {
        pause(begin, left.size());
      }
    }
    return aborted;
  }

  /** Whether the task's end is still to come; one that can be neither aborted nor ran is over. */
  private boolean goesOn(TaskRow row, Set<String> accepted) {
    if (row.draft()) {
      return !delete(row.id());
    }
    if (row.status().equals("ABORTING")) {
      return true;
    }
    tools.ledger().requireHeldLately(claim);
    try {
      tools.client().abortTask(row.id());
      accepted.add(row.id());
      return true;
    } catch (PlatformException e) {
      return switch (e.kind()) {
        case CONFLICT -> mayRun(row.status());
        case OUTCOME_UNKNOWN, PLATFORM_UNAVAILABLE -> true;
        default -> {
          if (e.status() == 404) {
            yield false;
          }
          throw e;
        }
      };
    }
  }

  /** The states in which the platform says that a task can be aborted: it moved on meanwhile. */
  private static boolean mayRun(String status) {
    return Set.of("CREATING", "QUEUED", "RUNNING").contains(status);
  }

  private void pause(long begin, int left) {
    if (System.nanoTime() - begin > LONGEST_WAIT.toNanos()) {
      throw PollPace.stillRunning(
          left + (left == 1 ? " task was" : " tasks were") + " aborted and did not end yet",
          tools.pollFloor());
    }
    tools.settle().sleep(tools.pollFloor());
  }
}
