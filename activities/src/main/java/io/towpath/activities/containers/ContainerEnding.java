package io.towpath.activities.containers;

import io.towpath.activities.config.KnownSecrets;
import io.towpath.activities.containers.ContainerState.End;
import io.towpath.activities.http.PlatformException;
import io.towpath.activities.http.Redaction;
import io.towpath.activities.poll.PollPace;
import io.towpath.workflows.containers.ContainerEnd;
import io.towpath.workflows.containers.ContainerEnd.How;
import io.towpath.workflows.containers.RunContainer;
import java.time.Duration;
import java.util.List;

/** Judges an end, stores its log, leaves no double, and writes it into the ledger. */
final class ContainerEnding {
  private static final int MOST_OF_A_REASON = 300;

  private final ContainerRuns runs;
  private final ContainerTools tools;
  private final RunContainer request;
  private final EndNotes notes;

  ContainerEnding(ContainerRuns runs, ContainerTools tools, RunContainer request) {
    this.runs = runs;
    this.tools = tools;
    this.request = request;
    this.notes = new EndNotes(tools.outcomes());
  }

  /**
   * @param withoutLog whether the end counts even if its log cannot be read
   */
  ContainerEnd of(ContainerState seen, boolean withoutLog) {
    ContainerState ended = runs.namesCanDouble() ? best(seen) : seen;
    List<String> doubles = runs.namesCanDouble() ? stopOthers(ended) : List.of();
    End end =
        ended.end().orElseThrow(() -> new IllegalStateException("ended without an end: " + ended));
    ContainerLog.Stored log = log(ended, withoutLog);
    return notes.record(
        request,
        new ContainerEnd(
            ended.id(),
            how(end),
            end.exitCode(),
            shortened(end.reason()),
            log.place(),
            log.tail(),
            end.ran(),
            doubles));
  }

  /** The one that was waited for, unless another one is better than it. */
  private ContainerState best(ContainerState seen) {
    ContainerState best =
        runs.find(request.name()).stream()
            .filter(state -> state.digest().equals(seen.digest()))
            .min(ContainerState.KEEP_FIRST)
            .filter(state -> state.rank() < seen.rank())
            .orElse(seen);
    if (!best.ended()) {
      throw PollPace.stillRunning(
          request.name() + " has a double, " + best.id() + ", that goes on", tools.pollFloor());
    }
    return best;
  }

  private List<String> stopOthers(ContainerState stays) {
    List<ContainerState> others =
        runs.find(request.name()).stream()
            .filter(state -> !state.id().equals(stays.id()))
            .filter(state -> state.digest().equals(stays.digest()))
            .toList();
    if (others.stream().anyMatch(state -> !state.ended())) {
      tools.ledger().requireHeld(request.claim());
      new ContainerStopper(runs, tools.settle(), tools.pollFloor()).stop(others, Duration.ZERO);
    }
    return others.stream().map(ContainerState::id).sorted().toList();
  }

  private ContainerLog.Stored log(ContainerState ended, boolean withoutLog) {
    try {
      KnownSecrets secrets = tools.known(request.spec().secrets());
      return new ContainerLog(tools.documents(), secrets).store(runs, ended, request.log());
    } catch (PlatformException e) {
      if (withoutLog || !e.kind().retryable()) {
        return ContainerLog.missing(e);
      }
      throw e;
    }
  }

  /**
   * A bad end may be of our making, whatever exit code the program gave to the signal: for a
   * time-out that the executor does not know, or for a stop.
   */
  private How how(End end) {
    if (end.how() == How.SUCCEEDED) {
      return How.SUCCEEDED;
    }
    if (notes.isStopped(request)) {
      return How.STOPPED;
    }
    boolean over =
        end.ran().filter(ran -> ran.compareTo(request.spec().timeout()) >= 0).isPresent();
    return over && !runs.endsOverdue() ? How.TIMED_OUT : end.how();
  }

  private static String shortened(String reason) {
    String oneLine = Redaction.of(reason.replaceAll("\\s+", " ").strip());
    return oneLine.length() <= MOST_OF_A_REASON
        ? oneLine
        : oneLine.substring(0, MOST_OF_A_REASON) + "…";
  }
}
