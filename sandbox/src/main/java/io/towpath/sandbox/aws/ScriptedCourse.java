package io.towpath.sandbox.aws;

import com.fasterxml.jackson.databind.JsonNode;
import io.towpath.sandbox.control.Plans;
import io.towpath.sandbox.control.Progress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** A course that goes as a plan says, or as the simulation does, without a program. */
final class ScriptedCourse implements Course {
  private static final Duration STOP_TAKES = Duration.ofMillis(200);
  private static final int BY_SIGTERM = 143;

  /** An end that was asked for. */
  private record Stop(Instant at, String reason) {}

  private final List<Plans.Step> steps;
  private final Words words;
  private final InstantSource clock;
  private final Instant begun;
  private Optional<Stop> asked = Optional.empty();

  ScriptedCourse(List<Plans.Step> steps, Words words, InstantSource clock) {
    this.steps = List.copyOf(steps);
    this.words = words;
    this.clock = clock;
    this.begun = clock.instant();
  }

  @Override
  public synchronized Look look() {
    Instant now = clock.instant();
    Optional<Stop> stopped = asked.filter(stop -> !now.isBefore(stop.at()));
    Look look = stateAt(stopped.map(Stop::at).orElse(now));
    if (stopped.isEmpty() || look.isOver()) {
      return look;
    }
    return new Look(
        words.bad(),
        look.started(),
        stopped.map(Stop::at),
        look.started().map(ran -> BY_SIGTERM),
        stopped.get().reason());
  }

  @Override
  public synchronized void stop(String reason) {
    if (asked.isEmpty() && !look().isOver()) {
      asked = Optional.of(new Stop(clock.instant().plus(STOP_TAKES), reason));
    }
  }

  private Look stateAt(Instant now) {
    Progress progress = Progress.at(now, begun, steps, words);
    Plans.Step step = progress.step();
    Optional<Instant> started = progress.started();
    String reason = step.detail().path("errorMessage").asText("");
    if (!words.ends(step.status())) {
      return new Look(step.status(), started, Optional.empty(), Optional.empty(), reason);
    }
    Optional<Integer> exit = exit(step);
    Instant end = progress.since();
    return new Look(
        step.status(), started.or(() -> exit.map(ran -> end)), Optional.of(end), exit, reason);
  }

  /** A bad end with a detail that names no exit status is one without: the program never ended. */
  private Optional<Integer> exit(Plans.Step step) {
    JsonNode detail = step.detail();
    if (detail.path("exitStatus").isInt()) {
      return Optional.of(detail.path("exitStatus").asInt());
    }
    if (detail.has("errorMessage")) {
      return Optional.empty();
    }
    return Optional.of(step.status().equals(words.good()) ? 0 : 1);
  }
}
