package io.towpath.sandbox.control;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The journal of effects: every mutating call, in the order in which the stand-ins finished it. */
public final class Journal {
  /** What a call made or changed. */
  public record Target(String type, String id, String name) {}

  /**
   * One mutating call.
   *
   * @param seq rises by one per entry and never starts again
   * @param status as answered by the platform; 0 when nothing was answered
   * @param committed whether state changed
   * @param replied whether the client was sent the whole answer
   * @param request masked
   */
  public record Effect(
      long seq,
      Instant at,
      String platform,
      String route,
      int status,
      boolean committed,
      boolean replied,
      Optional<Target> object,
      Optional<JsonNode> request) {}

  /** An effect before it has its place in the journal. */
  public record Draft(
      String platform,
      String route,
      int status,
      boolean committed,
      boolean replied,
      Optional<Target> object,
      Optional<JsonNode> request) {}

  private final InstantSource clock;
  private final Mask mask;
  private final List<Effect> effects = new ArrayList<>();
  private long last;

  public Journal(InstantSource clock, Mask mask) {
    this.clock = clock;
    this.mask = mask;
  }

  /** Appends an entry and returns its number. */
  public long add(Draft draft) {
    Optional<JsonNode> request = draft.request().map(mask::apply);
    synchronized (this) {
      last++;
      effects.add(effect(last, clock.instant(), draft, request));
      return last;
    }
  }

  /** Says that a call, entered before, has committed since. */
  public synchronized void committed(long seq, int status, Optional<Target> object) {
    replace(
        seq,
        was ->
            new Effect(
                seq,
                was.at(),
                was.platform(),
                was.route(),
                status,
                true,
                was.replied(),
                object,
                was.request()));
  }

  /** Says that the answer, entered as sent, did not get through. */
  public synchronized void notReplied(long seq) {
    replace(
        seq,
        was ->
            new Effect(
                seq,
                was.at(),
                was.platform(),
                was.route(),
                was.status(),
                was.committed(),
                false,
                was.object(),
                was.request()));
  }

  /** The entries after a number (exclusive) that fit. */
  public synchronized List<Effect> list(long since, Predicate<Effect> fits) {
    return effects.stream().filter(effect -> effect.seq() > since).filter(fits).toList();
  }

  public synchronized void clear() {
    effects.clear();
  }

  private void replace(long seq, java.util.function.UnaryOperator<Effect> change) {
    effects.replaceAll(effect -> effect.seq() == seq ? change.apply(effect) : effect);
  }

  private static Effect effect(long seq, Instant at, Draft draft, Optional<JsonNode> request) {
    return new Effect(
        seq,
        at,
        draft.platform(),
        draft.route(),
        draft.status(),
        draft.committed(),
        draft.replied(),
        draft.object(),
        request);
  }
}
