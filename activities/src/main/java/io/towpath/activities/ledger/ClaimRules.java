package io.towpath.activities.ledger;

import io.towpath.workflows.ledger.ClaimRequest;
import io.towpath.workflows.ledger.Rerun;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a claim means in the state that a key is in: design.md section 2, interface.md section 1.
 */
final class ClaimRules {
  private static final Set<String> SUCCESS = Set.of("SUCCEEDED", "SUCCEEDED_WITH_WARNINGS", "NOOP");

  /** What has to be written, or said. */
  enum Move {
    /** The asking run holds the claim already. */
    HELD,
    /** The next generation is free to be opened; the first one too. */
    OPEN,
    /** The holder is closed: the asking run becomes the next holder of the same generation. */
    TAKE_OVER,
    /** The work is done. */
    DONE,
    /** Finished or begun with another request. */
    OTHER_REQUEST,
    /** Held in a namespace that cannot be seen from here. */
    HELD_ELSEWHERE
  }

  private ClaimRules() {}

  static Move decide(Optional<Generation> newest, ClaimRequest request, Holder asking) {
    if (newest.isEmpty()) {
      return Move.OPEN;
    }
    Generation generation = newest.get();
    boolean same = generation.digest().equals(request.digest().value());
    return generation.result().isPresent()
        ? finished(generation, same, request)
        : unfinished(generation, same, request, asking);
  }

  /** Whether a report tells of a good end; one without an outcome counts as failed. */
  static boolean succeeded(Map<String, Object> report) {
    return report.get("outcome") instanceof String outcome && SUCCESS.contains(outcome);
  }

  private static Move finished(Generation generation, boolean same, ClaimRequest request) {
    boolean success = succeeded(generation.result().orElseThrow());
    boolean goesOn = generation.preliminary() && !(same && request.preliminary());
    boolean again =
        switch (request.rerun()) {
          case ALWAYS -> true;
          case IF_FAILED -> !success || goesOn;
          case NEVER -> false;
        };
    if (again) {
      return Move.OPEN;
    }
    return same ? Move.DONE : Move.OTHER_REQUEST;
  }

  private static Move unfinished(
      Generation generation, boolean same, ClaimRequest request, Holder asking) {
    Holder holder = generation.holder();
    boolean ours = holder.namespace().equals(asking.namespace());
    if (!ours && !request.takeOver()) {
      return Move.HELD_ELSEWHERE;
    }
    if (!same) {
      return request.rerun() == Rerun.ALWAYS ? Move.OPEN : Move.OTHER_REQUEST;
    }
    boolean self = ours && holder.firstRunId().equals(asking.firstRunId());
    return self ? Move.HELD : Move.TAKE_OVER;
  }
}
