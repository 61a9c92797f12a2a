package io.towpath.workflows.release;

import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.CompletablePromise;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import io.towpath.workflows.etl.ClaimedRun;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Runs the steps in the order that their needs give; those that need nothing of each other at once.
 */
final class Steps {
  private final ClaimedRun<ReleaseSpec> run;
  private final EarlierItems earlier;
  private final Map<StepRequest, StepRun> runs = new LinkedHashMap<>();

  Steps(ClaimedRun<ReleaseSpec> run, EarlierItems earlier) {
    this.run = run;
    this.earlier = earlier;
  }

  /** What was run, by step, as far as it was begun. */
  Map<StepRequest, StepRun> runs() {
    return runs;
  }

  /** Whether every step is done. */
  boolean well() {
    return runs.size() == run.spec().request().steps().size()
        && runs.values().stream().allMatch(StepRun::well);
  }

  /** Whether no container of any step can run any more, as far as executors told. */
  boolean allEnded() {
    return runs.values().stream().allMatch(StepRun::allEnded);
  }

  /** Returns when all have ended; what ends one early ends all, and is thrown when none goes on. */
  void execute() {
    Map<String, CompletablePromise<Boolean>> over = new LinkedHashMap<>();
    List<Promise<Void>> all = new ArrayList<>();
    List<TemporalFailure> failures = new ArrayList<>();
    for (StepRequest step : run.spec().request().steps()) {
      over.put(step.name(), Workflow.newPromise());
    }
    Workflow.newCancellationScope(
            together -> {
              for (StepRequest step : run.spec().request().steps()) {
                all.add(
                    Async.procedure(
                        () -> {
                          try {
                            runWhenDue(step, over);
                          } catch (TemporalFailure failure) {
                            failures.add(failure);
                            together.cancel();
                          }
                        }));
              }
            })
        .run();
    Promise.allOf(all).get();
    if (!failures.isEmpty()) {
      throw failures.get(0);
    }
  }

  private void runWhenDue(StepRequest step, Map<String, CompletablePromise<Boolean>> over) {
    boolean well = false;
    try {
      boolean allWell = true;
      for (String need : step.needs()) {
        allWell &= awaited(over, need);
      }
      CancellationScope.throwCanceled();
      well = mayBegin(step, allWell) && runOf(step);
    } finally {
      Objects.requireNonNull(over.get(step.name())).complete(well);
    }
  }

  private static boolean awaited(Map<String, CompletablePromise<Boolean>> over, String need) {
    CompletablePromise<Boolean> promise = over.get(need);
    return promise != null && promise.get();
  }

  private boolean mayBegin(StepRequest step, boolean allWell) {
    String stage = StepRun.stage(step);
    run.operator().alias(step.name(), stage);
    if (!allWell && step.when().equals("allSucceeded")) {
      run.stages().skipped(stage, "a step that it needs did not succeed");
      return false;
    }
    if (!new Gate(run, stage).opened(step.gate(), "step " + step.name())) {
      run.stages().skipped(stage, "left out by an operator");
      return false;
    }
    return true;
  }

  /** Whether anything ran that a step needs, so that what the step did before is out of date. */
  boolean outdated(StepRequest step) {
    return run.spec().request().steps().stream()
        .filter(other -> step.needs().contains(other.name()))
        .anyMatch(needed -> ranAny(needed) || outdated(needed));
  }

  private boolean ranAny(StepRequest step) {
    StepRun one = runs.get(step);
    return one != null && one.ranAny();
  }

  private boolean runOf(StepRequest step) {
    StepRun one = new StepRun(run, step, outdated(step) ? EarlierItems.none(run.spec()) : earlier);
    runs.put(step, one);
    one.execute();
    return one.well();
  }
}
