package io.towpath.sandbox.image;

import com.fasterxml.jackson.databind.JsonNode;
import io.towpath.sandbox.control.Plans;
import io.towpath.sandbox.control.Progress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** A run that goes as a plan says, without a process. */
public final class ScriptedRun implements Run {
  private static final int BY_SIGNAL = 128;
  private static final Progress.Meaning MEANING =
      new Progress.Meaning() {
        @Override
        public boolean starts(String status) {
          return !status.equals(RunState.CREATED);
        }

        @Override
        public boolean ends(String status) {
          return status.equals(RunState.EXITED) || status.equals("dead");
        }
      };

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
    Progress progress = Progress.at(now, begun, steps, MEANING);
    Plans.Step step = progress.step();
    boolean over = MEANING.ends(step.status());
    return new RunState(
        step.status(),
        progress.started(),
        over ? Optional.of(progress.since()) : Optional.empty(),
        over ? Optional.of(step.detail().path("exitStatus").asInt(0)) : Optional.empty(),
        step.detail().path("errorMessage").asText(""),
        0);
  }
}
