package io.towpath.workflows.roundtrip;

import static io.towpath.workflows.progress.Operator.stub;

import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Promise;
import io.towpath.workflows.ActivityPolicy;
import io.towpath.workflows.TaskQueues;
import io.towpath.workflows.etl.ClaimedRun;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Brings the manifest's files to S3 and rewrites the sheet to where they lie. */
final class StageStep {
  /** Pages at a time: enough to keep the quota busy, few enough to stop soon. */
  static final int WINDOW = 8;

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
    StagedPage files = stagePages(manifest.files());
    PreparedSheet prepared = run.operator().repairable("stage", () -> prepare(manifest));
    PrepareRules rules = run.spec().preparation().orElse(PrepareRules.NONE);
    PreparedSheet sheet =
        rules.activity().map(own -> new HandOver(run, rules, own).of(prepared)).orElse(prepared);
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

  private StagedPage stagePages(ManifestRef files) {
    StagedPage total = new StagedPage(0, 0, 0, 0, 0);
    for (int first = 0; first < files.pageCount(); first += WINDOW) {
      run.operator().awaitNotPaused();
      int from = first;
      List<StagedPage> pages = run.operator().repairable("stage", () -> window(files, from));
      CancellationScope.throwCanceled();
      for (StagedPage page : pages) {
        total = total.plus(page);
      }
      run.stages().say("stage", total.files() + " of " + files.rows() + " files", Optional.empty());
    }
    return total;
  }

  private List<StagedPage> window(ManifestRef files, int from) {
    List<Promise<StagedPage>> pages = new ArrayList<>();
    for (int page = from; page < Math.min(from + WINDOW, files.pageCount()); page++) {
      TransferActivities transfer =
          stub(
              TransferActivities.class,
              ActivityPolicy.page(
                  TaskQueues.S3, "stage page " + (page + 1) + " of " + files.pageCount()));
      pages.add(Async.function(transfer::stagePage, pageRequest(files, page)));
    }
    Promise.allOf(pages).get();
    return pages.stream().map(Promise::get).toList();
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

  private PreparedSheet prepare(StoredManifest manifest) {
    ManifestRef files = manifest.files();
    ManifestRef staged =
        new ManifestRef(stagedPages(), "", files.rows(), files.pageSize(), files.sizeBytes());
    return stub(
            SampleSheetActivities.class,
            ActivityPolicy.quick(TaskQueues.S3, "rewrite the sample sheet"))
        .prepare(
            new PrepareSheet(
                run.claim(),
                manifest.sheet(),
                run.spec().sheetRules(),
                staged,
                run.work().resolve(run.spec().sheetName()),
                run.spec().preparation().orElse(PrepareRules.NONE)));
  }
}
