package io.towpath.activities.poll;

import io.towpath.activities.http.PlatformException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Answers many waiting runs of one credential by one list call, or by as few bulk calls as there
 * must be: whoever asks while the last answer is fresh gets that.
 *
 * @param <S> what is known of a run
 */
public final class StatusReader<S> {
  private static final Duration WANTED_FOR = Duration.ofMinutes(15);

  /** A run that was not on the list is asked for by id this long; lists lag behind. */
  private static final Duration NOT_LISTED_FOR = Duration.ofMinutes(2);

  /** How the platform is asked. */
  public interface Source<S> {
    /**
     * Asks for runs; may tell of others too. A list goes newest first and may stop when all wanted
     * ones were seen, or at a limit of its own.
     */
    Map<String, S> sweep(Set<String> wanted);

    /** Asks for one run; empty when the platform does not know it. */
    Optional<S> one(String id);

    /** How many runs one call tells of: a sweep takes along others who wait, up to that many. */
    default int atOnce() {
      return Integer.MAX_VALUE;
    }

    /** Whether a state is the last one, which need not be asked for again. */
    default boolean ended(S state) {
      return false;
    }
  }

  private record Seen<S>(S state, long at) {}

  private final Source<S> source;
  private final Duration errorsStand;
  private final Map<String, Long> wanted = new HashMap<>();
  private final Map<String, Long> notListed = new HashMap<>();
  private final Map<String, Seen<S>> seen = new HashMap<>();
  private @Nullable PlatformException refusal;
  private long refusedAt;

  /**
   * @param errorsStand for how long a failed sweep answers everybody: an outage must not be asked
   *     about by each run on its own
   */
  public StatusReader(Source<S> source, Duration errorsStand) {
    this.source = source;
    this.errorsStand = errorsStand;
  }

  /** The answer of {@link #askAll} for one run; empty when the platform does not know it. */
  public Optional<S> ask(String id, Duration maxAge) {
    return Optional.ofNullable(askAll(Set.of(id), maxAge).get(id));
  }

  /**
   * What is known of the runs, at most {@code maxAge} old; runs that the platform does not know are
   * left out. Fails as the sweep did. Callers wait for a sweep that is under way instead of making
   * one.
   */
  public Map<String, S> askAll(Set<String> ids, Duration maxAge) {
    Map<String, S> known = askListed(ids, maxAge);
    Set<String> alone = new HashSet<>(ids);
    alone.removeAll(known.keySet());
    alone.forEach(id -> source.one(id).ifPresent(state -> known.put(id, state)));
    return known;
  }

  /** The same of those runs only that a sweep tells of. */
  public synchronized Map<String, S> askListed(Set<String> ids, Duration maxAge) {
    long now = System.nanoTime();
    ids.forEach(id -> wanted.put(id, now));
    forgetOld(now);
    Set<String> listed = new HashSet<>(ids);
    listed.removeAll(notListed.keySet());
    sweepFor(listed, maxAge, now);
    Map<String, S> known = new HashMap<>();
    for (String id : listed) {
      Seen<S> found = seen.get(id);
      if (found == null) {
        notListed.put(id, now);
      } else {
        known.put(id, found.state());
      }
    }
    return known;
  }

  /** How old a run's last answer is; nothing where no sweep told of it. */
  public synchronized Duration age(String id) {
    Seen<S> last = seen.get(id);
    return last == null ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - last.at());
  }

  /** The run need not be looked for any more. */
  public synchronized void forget(String id) {
    wanted.remove(id);
    notListed.remove(id);
    seen.remove(id);
  }

  private void forgetOld(long now) {
    notListed.values().removeIf(since -> now - since > NOT_LISTED_FOR.toNanos());
    wanted.values().removeIf(askedAt -> now - askedAt > WANTED_FOR.toNanos());
    seen.values().removeIf(answer -> now - answer.at() > WANTED_FOR.toNanos());
  }

  private void sweepFor(Set<String> ids, Duration maxAge, long now) {
    Set<String> stale = new HashSet<>(ids);
    stale.removeIf(id -> isFresh(id, maxAge, now));
    if (stale.isEmpty()) {
      return;
    }
    Duration stands = maxAge.compareTo(errorsStand) < 0 ? maxAge : errorsStand;
    if (refusal != null && now - refusedAt < stands.toNanos()) {
      throw refusal;
    }
    sweep(filledUp(stale));
  }

  private boolean isFresh(String id, Duration maxAge, long now) {
    Seen<S> last = seen.get(id);
    return last != null && (source.ended(last.state()) || now - last.at() < maxAge.toNanos());
  }

  /** Adds those who waited longest for an answer, as many as the calls tell of anyway. */
  private Set<String> filledUp(Set<String> stale) {
    int atOnce = source.atOnce();
    int free = atOnce == Integer.MAX_VALUE ? atOnce : (atOnce - stale.size() % atOnce) % atOnce;
    List<String> others = new ArrayList<>();
    for (String id : wanted.keySet()) {
      Seen<S> last = seen.get(id);
      boolean over = last != null && source.ended(last.state());
      if (!over && !stale.contains(id) && !notListed.containsKey(id)) {
        others.add(id);
      }
    }
    others.sort(Comparator.comparing(this::answeredAt));
    Set<String> asked = new HashSet<>(stale);
    asked.addAll(others.subList(0, Math.min(free, others.size())));
    return asked;
  }

  private long answeredAt(String id) {
    Seen<S> last = seen.get(id);
    return last == null ? Long.MIN_VALUE : last.at();
  }

  private void sweep(Set<String> ids) {
    long now = System.nanoTime();
    try {
      Map<String, S> answers = source.sweep(ids);
      ids.forEach(seen::remove);
      answers.forEach((id, state) -> seen.put(id, new Seen<>(state, now)));
      refusal = null;
    } catch (PlatformException e) {
      refusal = e;
      refusedAt = System.nanoTime();
      throw e;
    }
  }
}
