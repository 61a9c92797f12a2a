package io.towpath.workflows.cavatica;

import static io.towpath.workflows.progress.Operator.stub;

import io.towpath.workflows.ActivityPolicy;
import io.towpath.workflows.TaskQueues;
import io.towpath.workflows.cavatica.CollateStep.Collated;
import io.towpath.workflows.etl.ClaimedRun;
import io.towpath.workflows.model.ManifestRef;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.model.SynapseId;
import io.towpath.workflows.samples.SampleActivities;
import io.towpath.workflows.samples.SampleActivities.OutputManifest;
import io.towpath.workflows.samples.SampleActivities.WriteManifest;
import io.towpath.workflows.sevenbridges.SevenBridgesActivities;
import io.towpath.workflows.sevenbridges.SevenBridgesActivities.DraftTasks;
import io.towpath.workflows.synapse.IndexedFile;
import io.towpath.workflows.synapse.SynapseActivities;
import io.towpath.workflows.synapse.SynapseActivities.EnsureReport;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Writes the output manifest, the commit marker: last, once no draft of ours is astray. */
final class ManifestStep {
  static final String STAGE = "report";

  private final ClaimedRun<CavaticaSpec> run;

  ManifestStep(ClaimedRun<CavaticaSpec> run) {
    this.run = run;
  }

  /** The manifest, where it lies, and as what in Synapse. */
  record Filed(OutputManifest manifest, Optional<String> synapseId) {
    Map<String, Object> report() {
      Map<String, Object> report = new TreeMap<>();
      report.put("manifestUri", manifest.uri().value());
      report.put("manifestMd5", manifest.md5());
      report.put("rows", manifest.rows());
      synapseId.ifPresent(id -> report.put("manifestSynId", id));
      return report;
    }
  }

  Filed execute(
      DraftTasks request, ManifestRef tasks, Collated outputs, Optional<ManifestRef> ids) {
    run.stages().begin(STAGE, "writing the output manifest");
    run.operator().repairable(STAGE, () -> deleteStrays(request, tasks));
    OutputManifest manifest = run.operator().repairable(STAGE, () -> write(outputs, ids));
    Optional<String> synapseId =
        run.spec()
            .request()
            .collate()
            .folder()
            .map(folder -> run.operator().repairable(STAGE, () -> file(manifest, folder)));
    return new Filed(manifest, synapseId);
  }

  private static int deleteStrays(DraftTasks request, ManifestRef tasks) {
    return stub(
            SevenBridgesActivities.class,
            ActivityPolicy.submit(TaskQueues.SEVEN_BRIDGES, "look for late drafts"))
        .deleteStrayDrafts(request, tasks);
  }

  private OutputManifest write(Collated outputs, Optional<ManifestRef> ids) {
    S3Uri to = run.spec().request().collate().bucket().orElseGet(run::work);
    return stub(
            SampleActivities.class, ActivityPolicy.page(TaskQueues.S3, "write the output manifest"))
        .writeManifest(
            new WriteManifest(
                run.claim(),
                outputs.outputs(),
                outputs.objects(),
                ids,
                to.resolve(run.spec().manifestName())));
  }

  private String file(OutputManifest manifest, SynapseId folder) {
    IndexedFile filed =
        stub(
                SynapseActivities.class,
                ActivityPolicy.submit(TaskQueues.SYNAPSE, "file the output manifest"))
            .ensureReport(
                new EnsureReport(
                    run.claim(),
                    run.spec().connection(),
                    folder,
                    manifest.uri(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(run.spec().manifestName()),
                    Optional.empty(),
                    Optional.empty()));
    return new SynapseId(filed.synapseId()).atVersion(filed.version()).value();
  }
}
