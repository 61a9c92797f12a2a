package io.towpath.workflows.release;

import static io.towpath.workflows.progress.Operator.stub;

import io.temporal.workflow.CancellationScope;
import io.towpath.workflows.ActivityPolicy;
import io.towpath.workflows.TaskQueues;
import io.towpath.workflows.etl.ClaimedRun;
import io.towpath.workflows.release.ReleaseRequest.Promotion;
import io.towpath.workflows.synapse.IndexedFile;
import io.towpath.workflows.synapse.SynapseActivities;
import io.towpath.workflows.synapse.SynapseActivities.EnsureReport;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Files the record of a release for one environment: the versions that were checked and approved,
 * whatever has changed in the folder since.
 */
final class PromoteStep {
  static final String FILE = "release.json";

  private final ClaimedRun<ReleaseSpec> run;
  private final Promotion promotion;
  private Optional<IndexedFile> filed = Optional.empty();
  private String state = "waiting";

  PromoteStep(ClaimedRun<ReleaseSpec> run, Promotion promotion) {
    this.run = run;
    this.promotion = promotion;
  }

  static String stage(Promotion promotion) {
    return "promote " + promotion.to();
  }

  /**
   * Waits for the gate, then files the record.
   *
   * @return whether it was promoted; else an operator left it out
   */
  boolean execute(RecordedRelease record) {
    String stage = stage(promotion);
    run.stages().begin(stage, "to " + promotion.parent());
    if (!new Gate(run, stage).opened(promotion.gate(), "promotion to " + promotion.to())) {
      state = "skipped";
      run.stages().skipped(stage, "left out by an operator");
      return false;
    }
    IndexedFile file = run.operator().repairable(stage, () -> file(record));
    filed = Optional.of(file);
    state = "done";
    run.stages().done(stage, FILE + " is " + file.synapseId() + "." + file.version());
    CancellationScope.throwCanceled();
    return true;
  }

  private IndexedFile file(RecordedRelease record) {
    return stub(
            SynapseActivities.class,
            ActivityPolicy.submit(TaskQueues.SYNAPSE, "promote to " + promotion.to()))
        .ensureReport(
            new EnsureReport(
                run.claim(),
                run.spec().connection(),
                promotion.parent(),
                record.where(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(FILE),
                Optional.of(run.spec().project()),
                Optional.of(record.sha256())));
  }

  /** Where it was filed, if it was. */
  Optional<String> promotedTo() {
    return filed.map(file -> promotion.to());
  }

  Map<String, Object> report() {
    Map<String, Object> report = new TreeMap<>();
    report.put("to", promotion.to());
    report.put("parent", promotion.parent().value());
    report.put("state", state);
    filed.ifPresent(file -> report.put("synId", file.synapseId() + "." + file.version()));
    return report;
  }
}
