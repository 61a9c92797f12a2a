package io.towpath.activities.containers;

import io.towpath.activities.http.PlatformException;
import io.towpath.activities.poll.PollPace;
import io.towpath.activities.submit.Settle;
import io.towpath.workflows.failure.FailureKind;
import java.time.Duration;
import java.util.List;

/** Stops containers and waits until they are terminal. Everything here may be repeated. */
final class ContainerStopper {
  /** An attempt that waited this long lets the next one go on. */
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

  private final ContainerRuns runs;
  private final Settle settle;
  private final Duration pollFloor;

  ContainerStopper(ContainerRuns runs, Settle settle, Duration pollFloor) {
    this.runs = runs;
    this.settle = settle;
    this.pollFloor = pollFloor;
  }

  /** Ids of those that had not ended. */
  List<String> stop(List<ContainerState> some, Duration grace) {
    List<ContainerState> alive = some.stream().filter(state -> !state.ended()).toList();
    alive.forEach(state -> cancel(state, grace));
    alive.forEach(state -> awaitEnd(state, grace));
    return alive.stream().map(ContainerState::id).toList();
  }

  private void awaitEnd(ContainerState state, Duration grace) {
    long begin = System.nanoTime();
    while (!hasEnded(state.id())) {
      if (System.nanoTime() - begin > LONGEST_WAIT.toNanos()) {
        throw PollPace.stillRunning(
            "container " + state.id() + " is stopped and has not ended yet", pollFloor);
      }
      settle.sleep(pollFloor);
      runs.one(state.id()).filter(now -> !now.ended()).ifPresent(now -> cancel(now, grace));
    }
  }

  private boolean hasEnded(String id) {
    return runs.one(id).map(ContainerState::ended).orElse(true);
  }

  /** What just ended gives errors, too; and an unclear stop is looked at and repeated. */
  private void cancel(ContainerState state, Duration grace) {
    try {
      runs.cancel(state, grace);
    } catch (PlatformException e) {
      if (e.kind() == FailureKind.ACCESS_DENIED && !hasEnded(state.id())) {
        throw e;
      }
    }
  }
}
