package io.towpath.workflows.roundtrip;

import static io.towpath.workflows.progress.Operator.kindOf;
import static io.towpath.workflows.progress.Operator.reason;

import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.samplesheet.SampleSheetActivities.PreparedSheet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * The runs of one round trip. Those that need nothing of each other go side by side; a failed one
 * stops only those that need it.
 */
final class Chain {
  private final List<RunStep> steps;
  private final Map<String, RunStep> byName = new TreeMap<>();
  private final TreeSet<String> over = new TreeSet<>();
  private final Map<String, String> placeholders = new TreeMap<>();

  Chain(List<RunStep> steps) {
    this.steps = List.copyOf(steps);
    this.steps.forEach(step -> byName.put(step.name(), step));
  }

  /** What stands for each placeholder, of the runs that succeeded up to now. */
  Map<String, String> placeholders() {
    return placeholders;
  }

  /**
   * Brings every run to its end.
   *
   * @param afterSuccess done for each run that succeeded, before those that need it begin
   */
  void execute(StageStep.Staged staged, Consumer<RunStep> afterSuccess) {
    placeholders.put(Placeholders.SAMPLE_SHEET, staged.sheet().uri().value());
    List<Promise<Void>> branches = new ArrayList<>();
    for (RunStep step : steps) {
      branches.add(Async.procedure(() -> branch(step, staged.sheet(), afterSuccess)));
    }
    awaitAll(branches);
  }

  /** A cancel or a lost claim ends all branches; each is waited for, then the failure goes on. */
  private static void awaitAll(List<Promise<Void>> branches) {
    Optional<RuntimeException> first = Optional.empty();
    for (Promise<Void> branch : branches) {
      try {
        branch.get();
      } catch (TemporalFailure failure) {
        first = first.isPresent() ? first : Optional.of(failure);
      }
    }
    if (first.isPresent()) {
      throw first.get();
    }
  }

  private void branch(RunStep step, PreparedSheet staged, Consumer<RunStep> afterSuccess) {
    try {
      Workflow.await(() -> over.containsAll(step.waitsFor()));
      Optional<String> missing =
          step.waitsFor().stream().filter(name -> !named(name).succeeded()).findFirst();
      if (!step.decidedBefore() && missing.isPresent()) {
        step.broke(
            FailureKind.RUN_FAILED,
            "run "
                + step.name()
                + " was not launched: it needs "
                + missing.get()
                + ", which did not succeed");
      } else if (!step.decidedBefore()) {
        step.execute(placeholders, staged);
      }
      if (step.succeeded()) {
        placeholders.put(Placeholders.outdirOf(step.name()), step.outdir());
        placeholders.put(Placeholders.samplesOf(step.name()), String.valueOf(step.samples()));
        afterSuccess.accept(step);
      }
    } catch (TemporalFailure failure) {
      boolean all =
          CancellationScope.current().isCancelRequested()
              || kindOf(failure) == FailureKind.CLAIM_LOST
              || steps.size() == 1;
      if (all) {
        throw failure;
      }
      step.broke(kindOf(failure), reason(failure));
    } finally {
      over.add(step.name());
    }
  }

  private RunStep named(String name) {
    RunStep step = byName.get(name);
    if (step == null) {
      throw new IllegalArgumentException("there is no run " + name);
    }
    return step;
  }
}
