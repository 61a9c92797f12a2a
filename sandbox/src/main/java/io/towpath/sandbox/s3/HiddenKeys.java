package io.towpath.sandbox.s3;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Keys that listings must not show yet, for faults of the kind {@code hide}. */
final class HiddenKeys {
  private record Place(String bucket, String key) {}

  private final InstantSource clock;
  private final Map<Place, Instant> until = new ConcurrentHashMap<>();

  HiddenKeys(InstantSource clock) {
    this.clock = clock;
  }

  void hide(String bucket, String key, Duration time) {
    until.put(new Place(bucket, key), clock.instant().plus(time));
  }

  boolean any() {
    Instant now = clock.instant();
    until.values().removeIf(end -> !end.isAfter(now));
    return !until.isEmpty();
  }

  boolean isHidden(String bucket, String key) {
    Instant end = until.get(new Place(bucket, key));
    return end != null && end.isAfter(clock.instant());
  }
}
