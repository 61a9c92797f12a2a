package io.towpath.workflows.cavatica;

import static io.towpath.workflows.progress.Operator.stub;

import io.temporal.activity.ActivityOptions;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Promise;
import io.towpath.workflows.ActivityPolicy;
import io.towpath.workflows.TaskQueues;
import io.towpath.workflows.etl.ClaimedRun;
import io.towpath.workflows.etl.PageWindow;
import io.towpath.workflows.etl.UnderWay;
import io.towpath.workflows.model.ManifestRef;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.progress.Words;
import io.towpath.workflows.samples.SampleActivities;
import io.towpath.workflows.samples.SampleActivities.StoredSamples;
import io.towpath.workflows.sevenbridges.SevenBridgesActivities;
import io.towpath.workflows.sevenbridges.SevenBridgesActivities.EnsureFolders;
import io.towpath.workflows.sevenbridges.SevenBridgesActivities.ImportCounts;
import io.towpath.workflows.sevenbridges.SevenBridgesActivities.ImportPage;
import io.towpath.workflows.sevenbridges.SevenBridgesActivities.PrepareProject;
import io.towpath.workflows.sevenbridges.SevenBridgesActivities.PreparedProject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Brings project, app and files to where tasks can use them; no byte is copied. */
final class ImportStep {
  static final String STAGE = "import";

  private final ClaimedRun<CavaticaSpec> run;
  private final CavaticaRequest request;

  ImportStep(ClaimedRun<CavaticaSpec> run) {
    this.run = run;
    this.request = run.spec().request();
  }

  /**
   * What there is now.
   *
   * @param files result pages of the imports, in the order of the stored files
   */
  record Imported(
      PreparedProject project, StoredSamples stored, ManifestRef files, ImportCounts counts) {
    Map<String, Object> report() {
      Map<String, Object> report = new TreeMap<>();
      report.put("imported", counts.imported());
      report.put("reused", counts.reused());
      report.put("failed", counts.failed());
      report.put("bytes", counts.sizeBytes());
      report.put("files", files.pages().value());
      counts.firstError().ifPresent(error -> report.put("firstError", error));
      report.put("copiedFiles", project.copiedFiles());
      report.put("createdProject", project.createdProject());
      return report;
    }
  }

  Imported execute() {
    run.stages().begin(STAGE, "preparing the project, storing the sheet");
    Promise<StoredSamples> storing = store();
    PreparedProject project;
    try {
      project = run.operator().repairable(STAGE, this::prepare);
    } catch (TemporalFailure failure) {
      UnderWay.awaitEnd(List.of(storing));
      throw failure;
    }
    StoredSamples stored = storing.get();
    CancellationScope.throwCanceled();
    ManifestRef files = stored.files();
    ImportCounts counts = files.rows() == 0 ? ImportCounts.NONE : imported(files);
    run.stages().count("files.imported", counts.imported());
    run.stages().count("files.reused", counts.reused());
    run.stages().count("files.failed", counts.failed());
    run.stages().done(STAGE, words(counts) + ", " + Words.bytes(counts.sizeBytes()));
    return new Imported(project, stored, results(files), counts);
  }

  private Promise<StoredSamples> store() {
    SampleActivities samples =
        stub(SampleActivities.class, ActivityPolicy.page(TaskQueues.S3, "store the sheet"));
    return Async.function(
        samples::store,
        run.claim(),
        run.spec().sheet(),
        request.rules(),
        run.spec().sampleTarget(),
        run.work());
  }

  private PreparedProject prepare() {
    return platform(ActivityPolicy.submit(TaskQueues.SEVEN_BRIDGES, "prepare the project"))
        .prepareProject(
            new PrepareProject(
                run.claim(),
                request.target(),
                run.spec().target(),
                run.spec().scope(run.settings())));
  }

  private ImportCounts imported(ManifestRef files) {
    S3Uri folders = run.operator().repairable(STAGE, () -> ensureFolders(files));
    CancellationScope.throwCanceled();
    List<ImportCounts> done = new ArrayList<>();
    new PageWindow(run.operator(), STAGE)
        .each(
            files.pageCount(),
            page -> importPage(files, folders, page),
            counts -> {
              done.add(counts);
              String text = words(sum(done)) + " of " + files.rows();
              run.stages().say(STAGE, text, Optional.empty());
            });
    return sum(done);
  }

  private S3Uri ensureFolders(ManifestRef files) {
    return platform(ActivityPolicy.page(TaskQueues.SEVEN_BRIDGES, "make the folders"))
        .ensureFolders(
            new EnsureFolders(
                run.claim(),
                run.spec().connection(),
                request.project().id(),
                files,
                run.work().resolve("folders.jsonl")))
        .folders();
  }

  /** Jobs are sent and waited for by two activities, so that waiting holds no worker. */
  private Promise<ImportCounts> importPage(ManifestRef files, S3Uri folders, int page) {
    ImportPage ask =
        new ImportPage(
            run.claim(),
            run.spec().connection(),
            request.project().id(),
            request.imports().volume(),
            folders,
            files,
            page,
            request.imports().onExists(),
            run.work().resolve("jobs/"),
            results(files).pages());
    String which = " page " + (page + 1) + " of " + files.pageCount();
    SevenBridgesActivities submit =
        platform(ActivityPolicy.page(TaskQueues.SEVEN_BRIDGES, "import" + which));
    SevenBridgesActivities await =
        platform(ActivityPolicy.page(TaskQueues.SEVEN_BRIDGES, "wait for imports of" + which));
    return Async.function(submit::submitImports, ask)
        .thenCompose(sent -> Async.function(await::awaitImports, ask));
  }

  private ManifestRef results(ManifestRef files) {
    return new ManifestRef(
        run.work().resolve("imported/"), "", files.rows(), files.pageSize(), files.sizeBytes());
  }

  private static SevenBridgesActivities platform(ActivityOptions policy) {
    return stub(SevenBridgesActivities.class, policy);
  }

  private static ImportCounts sum(List<ImportCounts> pages) {
    return pages.stream().reduce(ImportCounts.NONE, ImportCounts::plus);
  }

  private static String words(ImportCounts counts) {
    return counts.imported()
        + " imported, "
        + counts.reused()
        + " there already, "
        + counts.failed()
        + " failed";
  }
}
