package io.towpath.workflows.cavatica;

import static io.towpath.workflows.progress.Operator.stub;

import io.temporal.workflow.Async;
import io.towpath.workflows.ActivityPolicy;
import io.towpath.workflows.TaskQueues;
import io.towpath.workflows.etl.ClaimedRun;
import io.towpath.workflows.etl.PageWindow;
import io.towpath.workflows.model.ManifestRef;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.model.SynapseId;
import io.towpath.workflows.sevenbridges.SevenBridgesActivities.ExportTarget;
import io.towpath.workflows.synapse.IndexTarget;
import io.towpath.workflows.synapse.NameRules;
import io.towpath.workflows.synapse.Provenance;
import io.towpath.workflows.synapse.Provenance.Source;
import io.towpath.workflows.synapse.SynapseActivities;
import io.towpath.workflows.synapse.SynapseActivities.IndexPage;
import io.towpath.workflows.synapse.SynapseActivities.IndexedPage;
import io.towpath.workflows.synapse.SynapseActivities.PrepareIndex;
import io.towpath.workflows.transfer.TransferActivities;
import io.towpath.workflows.transfer.TransferActivities.PlaceOutputs;
import java.util.List;
import java.util.Optional;

/**
 * Files exported outputs in Synapse where they lie, so that each is a version of an entity. The
 * path is the object's key below the volume, so sheets that share an output share its entity.
 */
final class EntityStep {
  private static final NameRules NAMES = new NameRules("sanitize+record", NameRules.NEW_VERSION);

  private final ClaimedRun<CavaticaSpec> run;
  private final SynapseId parent;
  private final S3Uri volume;

  EntityStep(ClaimedRun<CavaticaSpec> run, SynapseId parent, ExportTarget export) {
    this.run = run;
    this.parent = parent;
    this.volume = S3Uri.of(export.bucket(), export.volumePrefix()).asFolder();
  }

  /**
   * Does it.
   *
   * @param objects pages of {@link io.towpath.workflows.transfer.OutputFile} with MD5s
   * @return pages of {@link io.towpath.workflows.synapse.IndexedFile}
   */
  ManifestRef execute(ManifestRef objects) {
    run.stages().begin(MintStep.STAGE, "filing outputs in Synapse");
    ManifestRef placed = run.operator().repairable(MintStep.STAGE, () -> place(objects));
    IndexTarget target = run.operator().repairable(MintStep.STAGE, () -> prepare(placed));
    S3Uri result = run.work().resolve("filed/");
    List<IndexedPage> pages =
        new PageWindow(run.operator(), MintStep.STAGE)
            .each(
                placed.pageCount(),
                page ->
                    Async.function(
                        stub(
                                SynapseActivities.class,
                                ActivityPolicy.page(
                                    TaskQueues.SYNAPSE,
                                    "file page " + (page + 1) + " of " + placed.pageCount()))
                            ::indexPage,
                        new IndexPage(
                            run.claim(),
                            run.spec().connection(),
                            target.parent(),
                            placed,
                            page,
                            target.untold(),
                            NAMES,
                            result)),
                page -> {});
    IndexedPage counts = pages.stream().reduce(IndexedPage.NONE, IndexedPage::plus);
    run.stages().count("files.filed", counts.files());
    return placed.made(result, pages.stream().map(IndexedPage::sha256).toList());
  }

  private ManifestRef place(ManifestRef objects) {
    return stub(
            TransferActivities.class, ActivityPolicy.page(TaskQueues.S3, "paths of the outputs"))
        .placeOutputs(new PlaceOutputs(objects, volume, run.work().resolve("placed/")));
  }

  private IndexTarget prepare(ManifestRef placed) {
    return stub(
            SynapseActivities.class,
            ActivityPolicy.page(TaskQueues.SYNAPSE, "folders and provenance"))
        .prepareIndex(
            new PrepareIndex(
                run.claim(),
                run.spec().connection(),
                parent,
                placed,
                volume.resolve("towpath/owner/"),
                run.work().resolve("folders.json"),
                NAMES,
                Optional.empty(),
                provenance(),
                List.of(),
                List.of(),
                ""));
  }

  private Provenance provenance() {
    String sheet = run.spec().sheet().uri();
    return new Provenance(
        run.spec().businessKey(),
        "towpath "
            + run.spec().businessKey()
            + "; spec "
            + run.spec().digest().value()
            + "; sheet "
            + sheet
            + ", app "
            + run.spec().target().app(),
        sheet.startsWith("syn://")
            ? List.of(new Source("sheet", sheet.substring("syn://".length())))
            : List.of(),
        Optional.empty(),
        List.of());
  }
}
