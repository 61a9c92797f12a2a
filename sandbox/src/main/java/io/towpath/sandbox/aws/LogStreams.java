package io.towpath.sandbox.aws;

import io.towpath.sandbox.image.Output;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What containers wrote, by log group and stream; a stream is there from its first event on. */
final class LogStreams {
  private final InstantSource clock;
  private final Map<String, Map<String, Output>> groups = new TreeMap<>();

  LogStreams(InstantSource clock) {
    this.clock = clock;
  }

  /** A new stream. */
  synchronized Output open(String group, String stream) {
    return groups
        .computeIfAbsent(group, name -> new TreeMap<>())
        .computeIfAbsent(stream, name -> new Output(clock));
  }

  /** The streams of a group that have events, by name; empty when there is no such group. */
  synchronized Optional<Map<String, Output>> group(String name) {
    return Optional.ofNullable(groups.get(name))
        .map(
            streams -> {
              Map<String, Output> begun = new TreeMap<>(streams);
              begun.values().removeIf(output -> output.after(0).isEmpty());
              return begun;
            });
  }
}
