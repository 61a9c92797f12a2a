package io.towpath.workflows.roundtrip;

import static io.towpath.workflows.progress.Operator.stub;

import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.towpath.workflows.ActivityPolicy;
import io.towpath.workflows.TaskQueues;
import io.towpath.workflows.etl.ClaimedRun;
import io.towpath.workflows.etl.PageWindow;
import io.towpath.workflows.model.ManifestRef;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.progress.Words;
import io.towpath.workflows.samplesheet.PrepareRules;
import io.towpath.workflows.samplesheet.SampleSheetActivities;
import io.towpath.workflows.samplesheet.SampleSheetActivities.PrepareSheet;
import io.towpath.workflows.samplesheet.SampleSheetActivities.PreparedSheet;
import io.towpath.workflows.synapse.SynapseActivities;
import io.towpath.workflows.synapse.SynapseActivities.StoreManifest;
import io.towpath.workflows.synapse.SynapseActivities.StoredManifest;
import io.towpath.workflows.transfer.StagePage;
import io.towpath.workflows.transfer.StageRules;
import io.towpath.workflows.transfer.StagedPage;
import io.towpath.workflows.transfer.TransferActivities;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Brings the manifest's files to S3 and rewrites the sheet to where they lie. */
final class StageStep {
  private final ClaimedRun<RoundTripSpec> run;

  StageStep(ClaimedRun<RoundTripSpec> run) {
    this.run = run;
  }

  /** What staging left behind. */
  record Staged(PreparedSheet sheet, StoredManifest manifest, StagedPage files) {
    Map<String, Object> report(S3Uri pages) {
      Map<String, Object> report = new TreeMap<>();
      report.put("count", files.files());
      report.put("bytes", files.bytes());
      report.put("reused", files.reused());
      report.put("copiedInS3", files.copiedInS3());
      report.put("aside", files.aside());
      report.put("samplesheet", sheet.uri().value());
      sheet.schemaSha256().ifPresent(sha256 -> report.put("schemaSha256", sha256));
      report.put("report", pages.value());
      return report;
    }
  }

  Staged stage() {
    run.stages().begin("stage", "storing the manifest");
    StoredManifest manifest = run.operator().repairable("stage", this::store);
    List<StagedPage> pages = stagePages(manifest.files());
    StagedPage files = pages.stream().reduce(StagedPage.NONE, StagedPage::plus);
    ManifestRef staged =
        manifest.files().made(stagedPages(), pages.stream().map(StagedPage::sha256).toList());
    PreparedSheet prepared = run.operator().repairable("stage", () -> prepare(manifest, staged));
    PrepareRules rules = run.spec().preparation().orElse(PrepareRules.NONE);
    PreparedSheet sheet =
        rules.activity().map(own -> new OwnSheet(run, rules, own).of(prepared)).orElse(prepared);
    CancellationScope.throwCanceled();
    run.stages().count("files.staged", files.files());
    run.stages().count("bytes.staged", files.bytes());
    run.stages()
        .done(
            "stage",
            files.files()
                + " files, "
                + Words.bytes(files.bytes())
                + ", "
                + files.reused()
                + " reused, MD5 compared");
    return new Staged(sheet, manifest, files);
  }

  private StoredManifest store() {
    RoundTripRequest request = run.spec().request();
    return stub(
            SynapseActivities.class, ActivityPolicy.page(TaskQueues.SYNAPSE, "store the manifest"))
        .storeManifest(
            new StoreManifest(
                run.claim(),
                request.control().connection(),
                run.spec().manifest(),
                run.spec().sheetRules(),
                request.stage().where(),
                run.work()));
  }

  private List<StagedPage> stagePages(ManifestRef files) {
    long[] staged = {0};
    return new PageWindow(run.operator(), "stage")
        .each(
            files.pageCount(),
            page ->
                Async.function(
                    stub(
                            TransferActivities.class,
                            ActivityPolicy.page(
                                TaskQueues.S3,
                                "stage page " + (page + 1) + " of " + files.pageCount()))
                        ::stagePage,
                    pageRequest(files, page)),
            page -> {
              staged[0] += page.files();
              run.stages()
                  .say("stage", staged[0] + " of " + files.rows() + " files", Optional.empty());
            });
  }

  private StagePage pageRequest(ManifestRef files, int page) {
    RoundTripRequest.Stage stage = run.spec().request().stage();
    return new StagePage(
        run.claim(),
        run.spec().request().control().connection(),
        files,
        page,
        stage.to(),
        stagedPages(),
        new StageRules(stage.layout(), stage.mode(), run.atOnce(), stage.reuseStaged()));
  }

  S3Uri stagedPages() {
    return run.work().resolve("staged/");
  }

  private PreparedSheet prepare(StoredManifest manifest, ManifestRef staged) {
    return stub(
            SampleSheetActivities.class,
            ActivityPolicy.quick(TaskQueues.S3, "rewrite the sample sheet"))
        .prepare(
            new PrepareSheet(
                run.claim(),
                manifest.sheet(),
                manifest.sha256(),
                run.spec().sheetRules(),
                staged,
                run.work().resolve(run.spec().sheetName()),
                run.spec().preparation().orElse(PrepareRules.NONE)));
  }
}
