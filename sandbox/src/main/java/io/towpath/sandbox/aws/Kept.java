package io.towpath.sandbox.aws;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Jobs or tasks by their id, until some time after their end. */
final class Kept<T extends Kept.Submitted> {
  /** Something that goes its course. */
  interface Submitted {
    String id();

    Look look();
  }

  private final InstantSource clock;
  private final Duration retention;
  private final Map<String, T> byId = new LinkedHashMap<>();

  Kept(InstantSource clock, Duration retention) {
    this.clock = clock;
    this.retention = retention;
  }

  synchronized void add(T submitted) {
    byId.put(submitted.id(), submitted);
  }

  synchronized Optional<T> find(String id) {
    forget();
    return Optional.ofNullable(byId.get(id));
  }

  /** Oldest first. */
  synchronized List<T> all() {
    forget();
    return List.copyOf(byId.values());
  }

  private void forget() {
    Instant oldest = clock.instant().minus(retention);
    byId.values()
        .removeIf(one -> one.look().stopped().filter(end -> end.isBefore(oldest)).isPresent());
  }
}
