package io.towpath.workflows.cavatica;

import static io.towpath.workflows.progress.Operator.stub;

import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import io.towpath.workflows.ActivityPolicy;
import io.towpath.workflows.TaskQueues;
import io.towpath.workflows.etl.ClaimedRun;
import io.towpath.workflows.etl.PageWindow;
import io.towpath.workflows.model.ManifestRef;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.progress.Words;
import io.towpath.workflows.sevenbridges.SevenBridgesActivities;
import io.towpath.workflows.sevenbridges.SevenBridgesActivities.CollectPage;
import io.towpath.workflows.sevenbridges.SevenBridgesActivities.CollectedPage;
import io.towpath.workflows.sevenbridges.SevenBridgesActivities.DraftTasks;
import io.towpath.workflows.transfer.TransferActivities;
import io.towpath.workflows.transfer.TransferActivities.ChecksumPages;
import java.util.List;
import java.util.Optional;

/** Lists the outputs sample by sample, exports them where asked, and finds their checksums. */
final class CollateStep {
  static final String STAGE = "collate";

  private final ClaimedRun<CavaticaSpec> run;

  CollateStep(ClaimedRun<CavaticaSpec> run) {
    this.run = run;
  }

  /**
   * What was collected.
   *
   * @param outputs pages of {@link io.towpath.workflows.sevenbridges.TaskOutput}
   * @param objects pages of {@link io.towpath.workflows.transfer.OutputFile} with checksums; empty
   *     where the outputs stay on the platform
   */
  record Collated(ManifestRef outputs, Optional<ManifestRef> objects, CollectedPage counts) {}

  Collated execute(DraftTasks request, ManifestRef tasks, ManifestRef files) {
    run.stages().begin(STAGE, "collecting outputs of " + tasks.rows() + " tasks");
    int pages = tasks.pageCount();
    ManifestRef listed = ManifestRef.ofPages(run.work().resolve("objects/"), pages);
    S3Uri summed = run.work().resolve("summed/");
    S3Uri outputs = run.work().resolve("outputs/");
    CollateRequest collate = run.spec().request().collate();
    List<CollectedPage> collected =
        new PageWindow(run.operator(), STAGE)
            .each(
                pages,
                page ->
                    checksummed(
                        listed,
                        page,
                        summed,
                        collect(
                            new CollectPage(
                                request,
                                tasks,
                                page,
                                collate.include(),
                                collate.inheritMetadata(),
                                files,
                                run.spec().export(),
                                outputs,
                                listed.pages()))),
                counts -> {});
    CollectedPage counts = collected.stream().reduce(CollectedPage.NONE, CollectedPage::plus);
    run.stages().count("files.collated", counts.files());
    run.stages().done(STAGE, words(counts));
    return new Collated(
        ManifestRef.ofPages(outputs, pages),
        run.spec().export().map(out -> ManifestRef.ofPages(summed, pages)),
        counts);
  }

  private static Promise<CollectedPage> collect(CollectPage ask) {
    SevenBridgesActivities platform =
        stub(
            SevenBridgesActivities.class,
            ActivityPolicy.page(
                TaskQueues.SEVEN_BRIDGES,
                "outputs, page " + (ask.page() + 1) + " of " + ask.tasks().pageCount()));
    return Async.function(platform::collectOutputs, ask);
  }

  private Promise<CollectedPage> checksummed(
      ManifestRef listed, int page, S3Uri result, Promise<CollectedPage> collecting) {
    if (run.spec().export().isEmpty()) {
      return collecting;
    }
    TransferActivities transfer =
        stub(
            TransferActivities.class,
            ActivityPolicy.page(TaskQueues.S3, "MD5 of page " + (page + 1)));
    return collecting.thenCompose(
        collected ->
            Async.function(
                    transfer::checksumPages, new ChecksumPages(listed, page, page + 1, result))
                .thenApply(counted -> collected));
  }

  private static String words(CollectedPage counts) {
    return counts.files()
        + " files, "
        + Words.bytes(counts.sizeBytes())
        + ", "
        + counts.objects()
        + " of them exported, "
        + counts.failed()
        + " failed";
  }
}
