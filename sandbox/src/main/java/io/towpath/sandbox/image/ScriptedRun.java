package io.towpath.sandbox.image;

import com.fasterxml.jackson.databind.JsonNode;
import io.towpath.sandbox.control.Plans;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** A run that goes as a plan says, without a process. */
public final class ScriptedRun implements Run {
  private static final int BY_SIGNAL = 128;

  private final List<Plans.Step> steps;
  private final InstantSource clock;
  private final Instant begun;
  private Optional<RunState> ended = Optional.empty();

  /**
   * Begins now.
   *
   * @param output gets the logs of the plan's {@code failedTasks}
   */
  public ScriptedRun(List<Plans.Step> steps, InstantSource clock, Output output) {
    this.steps = List.copyOf(steps);
    this.clock = clock;
    this.begun = clock.instant();
    for (Plans.Step step : steps) {
      for (JsonNode task : step.detail().path("failedTasks")) {
        output.add(Output.Channel.STDERR, task.path("log").asText(""));
      }
    }
  }

  @Override
  public synchronized RunState look() {
    return ended.orElseGet(() -> stateAt(clock.instant()));
  }

  /** The scripted program has no handlers: every signal ends it. */
  @Override
  public synchronized void signal(int number) {
    RunState state = look();
    if (state.isAlive()) {
      Instant now = clock.instant();
      ended =
          Optional.of(
              new RunState(
                  RunState.EXITED,
                  state.started().or(() -> Optional.of(now)),
                  Optional.of(now),
                  Optional.of(BY_SIGNAL + number),
                  "",
                  0));
    }
  }

  @Override
  public void kill() {
    signal(KILL);
  }

  private RunState stateAt(Instant now) {
    Instant from = begun;
    Optional<Instant> started = Optional.empty();
    Plans.Step step = steps.get(0);
    for (int i = 0; i < steps.size(); i++) {
      step = steps.get(i);
      if (started.isEmpty() && !step.status().equals(RunState.CREATED)) {
        started = Optional.of(from);
      }
      boolean last = i == steps.size() - 1;
      if (last || ends(step.status()) || now.isBefore(from.plus(step.lasts()))) {
        break;
      }
      from = from.plus(step.lasts());
    }
    boolean over = ends(step.status());
    return new RunState(
        step.status(),
        started,
        over ? Optional.of(from) : Optional.empty(),
        over ? Optional.of(step.detail().path("exitStatus").asInt(0)) : Optional.empty(),
        step.detail().path("errorMessage").asText(""),
        0);
  }

  private static boolean ends(String status) {
    return status.equals(RunState.EXITED) || status.equals("dead");
  }
}
