package io.towpath.workflows.cavatica;

import static io.towpath.workflows.progress.Operator.stub;

import io.temporal.workflow.CancellationScope;
import io.towpath.workflows.ActivityPolicy;
import io.towpath.workflows.TaskQueues;
import io.towpath.workflows.cavatica.ImportStep.Imported;
import io.towpath.workflows.etl.ClaimedRun;
import io.towpath.workflows.etl.HandOver;
import io.towpath.workflows.ledger.LedgerActivities;
import io.towpath.workflows.ledger.Rerun;
import io.towpath.workflows.model.ManifestRef;
import io.towpath.workflows.samples.SampleActivities;
import io.towpath.workflows.samples.SampleActivities.ForeignDocument;
import io.towpath.workflows.samples.SampleActivities.MakeInputs;
import io.towpath.workflows.samplesheet.ForeignStep;
import io.towpath.workflows.sevenbridges.SevenBridgesActivities;
import io.towpath.workflows.sevenbridges.SevenBridgesActivities.DraftTasks;
import io.towpath.workflows.sevenbridges.SevenBridgesActivities.DraftedTasks;
import java.util.Optional;

/** Makes one draft per sample, or finds the task that is there; a draft costs nothing. */
final class DraftStep {
  static final String STAGE = "draft";

  /** The gate between drafts and runs. */
  static final String GATE = "launch";

  private final ClaimedRun<CavaticaSpec> run;
  private final TaskRequest request;

  DraftStep(ClaimedRun<CavaticaSpec> run) {
    this.run = run;
    this.request = run.spec().request().tasks();
  }

  /** Evaluates the inputs and says for good which tasks this claim is about to make. */
  DraftTasks prepare(Imported imported) {
    run.stages().begin(STAGE, "making the inputs of " + imported.stored().samples().rows());
    ManifestRef inputs = run.operator().repairable(STAGE, () -> inputs(makeInputs(imported)));
    DraftTasks tasks =
        new DraftTasks(
            run.claim(),
            run.spec().connection(),
            run.spec().scope(run.settings()),
            run.spec().request().project().id(),
            imported.project().app(),
            inputs,
            request.options(),
            run.spec().control().rerun() == Rerun.ALWAYS && run.claim().generation() > 1,
            run.work().resolve("tasks/"));
    stub(LedgerActivities.class, ActivityPolicy.quick(TaskQueues.S3, "record what is drafted"))
        .recordOutcome(
            run.claim(), ClaimedTasks.STEP, ClaimedTasks.of(run.spec().digest(), tasks).json());
    CancellationScope.throwCanceled();
    return tasks;
  }

  DraftedTasks draft(DraftTasks tasks) {
    run.stages().say(STAGE, "drafting " + tasks.inputs().rows() + " tasks", Optional.empty());
    DraftedTasks drafted =
        run.operator()
            .repairable(
                STAGE,
                () ->
                    stub(
                            SevenBridgesActivities.class,
                            ActivityPolicy.page(TaskQueues.SEVEN_BRIDGES, "draft the tasks"))
                        .ensureDrafts(tasks));
    CancellationScope.throwCanceled();
    run.stages().count("tasks", drafted.tasks().rows());
    run.stages()
        .done(STAGE, drafted.created() + " drafts made, " + drafted.adopted() + " tasks found");
    return drafted;
  }

  private MakeInputs makeInputs(Imported imported) {
    return new MakeInputs(
        run.claim(),
        imported.stored(),
        imported.files(),
        run.spec().request().rules(),
        run.spec().connection(),
        imported.project().app(),
        imported.project().references(),
        run.work().resolve("inputs/"));
  }

  private ManifestRef inputs(MakeInputs ask) {
    return request
        .activity()
        .map(own -> handedOver(ask, own))
        .orElseGet(() -> samples().makeInputs(ask));
  }

  private ManifestRef handedOver(MakeInputs ask, ForeignStep own) {
    ForeignDocument given = samples().describeSamples(ask);
    run.stages()
        .say(
            STAGE,
            "waiting for activity " + own.name() + " on " + own.taskQueue(),
            Optional.empty());
    HandOver.Document made =
        new HandOver("tasks.activity", own, "make the inputs of the tasks")
            .of(new HandOver.Document(given.uri(), given.sha256(), Optional.of("json")));
    return samples().takeInputs(ask, new ForeignDocument(made.uri(), made.sha256()));
  }

  private static SampleActivities samples() {
    return stub(SampleActivities.class, ActivityPolicy.page(TaskQueues.S3, "inputs of the tasks"));
  }
}
