package io.towpath.activities.containers;

import io.towpath.workflows.containers.ContainerEnd.How;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * What an executor knows of one container, job or task.
 *
 * @param id the executor's id of it
 * @param digest digest of the spec, as it was written into it when it was made; empty on what is
 *     not ours
 * @param phase how far it came
 * @param status the executor's own word, with its reason where it has one
 * @param created when it was made, by the executor's clock; empty where it does not tell
 * @param started when its program began, by the executor's clock; empty before
 * @param end how it ended; empty before
 * @param log where the executor keeps its log; empty where the id says it
 */
public record ContainerState(
    String id,
    String digest,
    Phase phase,
    String status,
    Optional<Instant> created,
    Optional<Instant> started,
    Optional<End> end,
    String log) {

  private static final int KILLED = 137;

  /** Best first: done, then the one that goes on; the earlier, then the smaller id. */
  static final Comparator<ContainerState> KEEP_FIRST =
      Comparator.<ContainerState>comparingInt(ContainerState::rank)
          .thenComparing(state -> state.created().orElse(Instant.MAX))
          .thenComparing(ContainerState::id);

  /** How far a container came. */
  public enum Phase {
    /** It is there, but nobody told it to start. */
    MADE,
    /** The executor has to start it. */
    WAITING,
    /** Its program runs. */
    RUNNING,
    /** It will not run again by itself. */
    ENDED
  }

  /**
   * An end.
   *
   * @param exitCode of the program; empty when it never ran or its host was lost
   * @param reason the executor's words; empty where it has none
   * @param ran from start to end, by the executor's clock; empty when it never ran
   */
  public record End(How how, Optional<Integer> exitCode, String reason, Optional<Duration> ran) {}

  /**
   * How a program ended, where nothing is known but its exit code. 137 may be a kill of another
   * kind: podman does not tell.
   *
   * @param exitCode empty when it never ran or its host was lost
   */
  public static How howBy(Optional<Integer> exitCode) {
    if (exitCode.isEmpty()) {
      return How.LOST;
    }
    return switch (exitCode.get()) {
      case 0 -> How.SUCCEEDED;
      case KILLED -> How.OUT_OF_MEMORY;
      default -> How.FAILED;
    };
  }

  boolean ended() {
    return phase == Phase.ENDED;
  }

  int rank() {
    if (!ended()) {
      return 1;
    }
    return end.filter(last -> last.how() == How.SUCCEEDED).isPresent() ? 0 : 2;
  }
}
