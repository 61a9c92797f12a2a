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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Files exported outputs in Synapse where they lie, so that each is a version of an entity. The
 * path is the object's key below the volume, so sheets that share an output share its entity.
 */
final class EntityStep {
  private static final String FILED = "filed/";
  private static final NameRules NAMES =
      new NameRules("sanitize+record", NameRules.NEW_VERSION, CavaticaWorkflow.TYPE + "/");

  private final ClaimedRun<CavaticaSpec> run;
  private final SynapseId parent;
  private final S3Uri volume;

  EntityStep(ClaimedRun<CavaticaSpec> run, SynapseId parent, ExportTarget export) {
    this.run = run;
    this.parent = parent;
    this.volume = S3Uri.of(export.bucket(), export.volumePrefix()).asFolder();
  }

  /**
   * What was filed.
   *
   * @param files pages of {@link io.towpath.workflows.synapse.IndexedFile}
   */
  record Filed(ManifestRef files, IndexedPage counts, IndexTarget target) {
    Map<String, Object> report() {
      Map<String, Object> report = new TreeMap<>();
      report.put("created", counts.created());
      report.put("newVersions", counts.newVersions());
      report.put("annotated", counts.annotated());
      report.put("unchanged", counts.unchanged());
      report.put("renamed", target.renamed());
      report.put("adopted", target.adopted());
      return report;
    }

    /** Sheets share entities; that other bytes came into one is told. */
    List<String> warnings() {
      List<String> warnings = new ArrayList<>(target.warnings());
      if (counts.newVersions() > 0 && !target.adopted().isEmpty()) {
        warnings.add("files of other work got the next version, see drs.filed.adopted");
      }
      return warnings;
    }
  }

  /**
   * Does it.
   *
   * @param objects pages of {@link io.towpath.workflows.transfer.OutputFile} with MD5s
   */
  Filed execute(ManifestRef objects) {
    run.stages().begin(MintStep.STAGE, "filing outputs in Synapse");
    ManifestRef placed = run.operator().repairable(MintStep.STAGE, () -> place(objects));
    IndexTarget target = run.operator().repairable(MintStep.STAGE, () -> prepare(placed));
    S3Uri result = run.work().resolve(FILED);
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
    return new Filed(
        placed.made(result, pages.stream().map(IndexedPage::sha256).toList()), counts, target);
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
                "",
                run.earlierWork().stream().map(work -> work.resolve(FILED)).toList()));
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
