package io.towpath.activities.tower;

import io.towpath.activities.http.PlatformException;
import io.towpath.activities.submit.Settle;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.model.RunKey;
import io.towpath.workflows.tower.RunRef;
import io.towpath.workflows.tower.RunStatus;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Cancels runs and waits until they are terminal. Everything here may be repeated. */
final class RunCanceller {
  /** An attempt that waited this long lets the next one go on. */
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

  private final String connection;
  private final long workspace;
  private final TowerSite site;
  private final Settle settle;
  private final Duration pollFloor;

  RunCanceller(
      String connection, long workspace, TowerSite site, Settle settle, Duration pollFloor) {
    this.connection = connection;
    this.workspace = workspace;
    this.site = site;
    this.settle = settle;
    this.pollFloor = pollFloor;
  }

  /**
   * Leaves one run of this name.
   *
   * @param beforeCancel called before the first cancel, and only then
   */
  List<RunRef> cancelDoubles(RunRef keep, Runnable beforeCancel) {
    List<RunRow> rows = site.runs(workspace).named(keep.runName());
    String stays = staying(rows, keep);
    List<RunRow> others = rows.stream().filter(row -> !row.id().equals(stays)).toList();
    if (others.stream().anyMatch(row -> !row.status().ended())) {
      beforeCancel.run();
    }
    cancelAll(() -> others);
    return cancelled(others);
  }

  /** Cancels what carries the key, and what turns up while a send may still be under way. */
  List<RunRef> cancelByKey(RunKey key, boolean unclear) {
    TowerRuns runs = site.runs(workspace);
    Duration lookFor = unclear ? settle.afterCancel() : Duration.ZERO;
    Duration pause = lookFor.dividedBy(8);
    long begin = System.nanoTime();
    List<RunRow> rows = cancelAll(() -> runs.keyed(key.value()));
    while (System.nanoTime() - begin < lookFor.toNanos()) {
      settle.sleep(pause);
      rows = cancelAll(() -> runs.keyed(key.value()));
    }
    return cancelled(rows);
  }

  /** The run that was waited for stays, unless another one is better than it. */
  private static String staying(List<RunRow> rows, RunRef keep) {
    Optional<RunRow> kept =
        rows.stream().filter(row -> row.id().equals(keep.workflowId())).findFirst();
    if (rows.isEmpty()) {
      return keep.workflowId();
    }
    RunRow best = rows.get(0);
    boolean asGood =
        kept.isPresent() && TowerRuns.rank(kept.get().status()) == TowerRuns.rank(best.status());
    return asGood ? keep.workflowId() : best.id();
  }

  private List<RunRow> cancelAll(Supplier<List<RunRow>> look) {
    List<RunRow> rows = look.get();
    Set<String> accepted = new HashSet<>();
    for (RunRow row : rows) {
      if (!row.status().ended()) {
        awaitEnd(row, accepted);
      }
    }
    return rows;
  }

  private void awaitEnd(RunRow row, Set<String> accepted) {
    long begin = System.nanoTime();
    while (!ended(row.id())) {
      if (!accepted.contains(row.id()) && cancel(row.id())) {
        accepted.add(row.id());
      }
      if (System.nanoTime() - begin > LONGEST_WAIT.toNanos()) {
        throw new PlatformException(
            FailureKind.STILL_RUNNING,
            "run " + row.runName() + " is cancelled and has not ended yet",
            0,
            Optional.of(pollFloor),
            null);
      }
      settle.sleep(pollFloor);
    }
  }

  private boolean ended(String id) {
    return site.runs(workspace).byId(id).map(row -> row.status().ended()).orElse(true);
  }

  /** False when the platform did not clearly take it: a run that just ended gives errors, too. */
  private boolean cancel(String id) {
    try {
      site.client().cancel(workspace, id);
      return true;
    } catch (PlatformException e) {
      if (e.kind() == FailureKind.ACCESS_DENIED && !ended(id)) {
        throw e;
      }
      return false;
    }
  }

  /** A repeated call reports what an earlier attempt cancelled, too. */
  private List<RunRef> cancelled(List<RunRow> rows) {
    return rows.stream()
        .filter(row -> !row.status().ended() || row.status() == RunStatus.CANCELLED)
        .map(row -> new RunRef(connection, workspace, row.id(), row.runName()))
        .toList();
  }
}
