package io.towpath.activities.poll;

import io.towpath.activities.http.PlatformException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Answers many waiting runs of one credential and workspace by one sweep over the platform's list:
 * whoever asks while the last sweep is fresh gets its answer from that.
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
     * Lists runs, newest first; may stop when all wanted ones were seen, or at a limit of its own.
     */
    Map<String, S> sweep(Set<String> wanted);

    /** Asks for one run; empty when the platform does not know it. */
    Optional<S> one(String id);
  }

  private final Source<S> source;
  private final Duration errorsStand;
  private final Map<String, Long> wanted = new HashMap<>();
  private final Map<String, Long> notListed = new HashMap<>();
  private Map<String, S> seen = Map.of();
  private @Nullable PlatformException refusal;
  private long sweptAt;
  private boolean swept;

  /**
   * @param errorsStand for how long a failed sweep answers everybody: an outage must not be asked
   *     about by each run on its own
   */
  public StatusReader(Source<S> source, Duration errorsStand) {
    this.source = source;
    this.errorsStand = errorsStand;
  }

  /**
   * What is known of the run, at most {@code maxAge} old; empty when the platform does not know it.
   * Fails as the sweep did. Callers wait for a sweep that is under way instead of making one.
   */
  public Optional<S> ask(String id, Duration maxAge) {
    synchronized (this) {
      long now = System.nanoTime();
      wanted.put(id, now);
      notListed.values().removeIf(since -> now - since > NOT_LISTED_FOR.toNanos());
      if (!notListed.containsKey(id)) {
        if (!fresh(maxAge) || (refusal == null && !seen.containsKey(id))) {
          sweep();
        }
        if (refusal != null) {
          throw refusal;
        }
        S found = seen.get(id);
        if (found != null) {
          return Optional.of(found);
        }
        notListed.put(id, now);
      }
    }
    return source.one(id);
  }

  /** The run need not be looked for any more. */
  public synchronized void forget(String id) {
    wanted.remove(id);
    notListed.remove(id);
  }

  private boolean fresh(Duration maxAge) {
    Duration stands = refusal == null || maxAge.compareTo(errorsStand) < 0 ? maxAge : errorsStand;
    return swept && System.nanoTime() - sweptAt < stands.toNanos();
  }

  private void sweep() {
    long now = System.nanoTime();
    wanted.values().removeIf(askedAt -> now - askedAt > WANTED_FOR.toNanos());
    Set<String> listed = new HashSet<>(wanted.keySet());
    listed.removeAll(notListed.keySet());
    sweptAt = now;
    swept = true;
    try {
      seen = Map.copyOf(source.sweep(listed));
      refusal = null;
    } catch (PlatformException e) {
      refusal = e;
    }
  }
}
