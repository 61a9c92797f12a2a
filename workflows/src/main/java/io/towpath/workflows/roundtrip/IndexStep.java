package io.towpath.workflows.roundtrip;

import static io.towpath.workflows.progress.Operator.stub;

import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.towpath.workflows.ActivityPolicy;
import io.towpath.workflows.TaskQueues;
import io.towpath.workflows.etl.ClaimedRun;
import io.towpath.workflows.etl.PageWindow;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.model.ManifestRef;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.synapse.IndexTarget;
import io.towpath.workflows.synapse.Provenance;
import io.towpath.workflows.synapse.SynapseActivities;
import io.towpath.workflows.synapse.SynapseActivities.IndexPage;
import io.towpath.workflows.synapse.SynapseActivities.IndexedPage;
import io.towpath.workflows.synapse.SynapseActivities.Mapping;
import io.towpath.workflows.synapse.SynapseActivities.PrepareIndex;
import io.towpath.workflows.synapse.SynapseActivities.WriteMapping;
import io.towpath.workflows.transfer.ListOutputs;
import io.towpath.workflows.transfer.ListOutputs.FirstLaunch;
import io.towpath.workflows.transfer.Outputs;
import io.towpath.workflows.transfer.SummedPages;
import io.towpath.workflows.transfer.TransferActivities;
import io.towpath.workflows.transfer.TransferActivities.ChecksumPages;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Files the outputs of succeeded runs in Synapse: folders, entities, provenance, mapping. */
final class IndexStep {
  private final ClaimedRun<RoundTripSpec> run;
  private final IndexRequest index;
  private final String label;

  /**
   * @param index where the outputs go, and how
   * @param label name of the run whose own index it is; empty for that of the whole request
   */
  IndexStep(ClaimedRun<RoundTripSpec> run, IndexRequest index, String label) {
    this.run = run;
    this.index = index;
    this.label = label;
  }

  /** The stage that an index shows as. */
  static String stageName(String label) {
    return label.isEmpty() ? "index" : "index " + label;
  }

  /** What indexing left behind. */
  record Indexed(Outputs outputs, IndexTarget target, IndexedPage files, Mapping mapping) {
    Map<String, Object> report() {
      Map<String, Object> report = new TreeMap<>();
      report.put("created", files.created());
      report.put("newVersions", files.newVersions());
      report.put("annotated", files.annotated());
      report.put("unchanged", files.unchanged());
      report.put("skipped", outputs.skipped() + outputs.zeroByte().count());
      report.put("failed", 0);
      report.put("zeroByte", outputs.zeroByte().first());
      report.put("renamed", target.renamed());
      report.put("adopted", target.adopted());
      report.put("late", outputs.late().first());
      report.put("older", outputs.older().first());
      report.put("vanished", mapping.vanished());
      report.put("parent", target.parent().value());
      report.put("folderCount", target.folderCount());
      report.put("mappingUri", mapping.uri().value());
      return report;
    }

    /** The counts of several together. */
    static Map<String, Object> sums(List<Indexed> all) {
      Map<String, Object> sums = new TreeMap<>();
      for (String count :
          List.of("created", "newVersions", "annotated", "unchanged", "skipped", "failed")) {
        sums.put(
            count,
            all.stream()
                .map(filed -> filed.report().get(count))
                .mapToLong(value -> value instanceof Number number ? number.longValue() : 0)
                .sum());
      }
      return sums;
    }

    /** What a person should know of it. */
    List<String> warnings() {
      List<String> warnings = new ArrayList<>(target.warnings());
      if (outputs.files().rows() == 0) {
        warnings.add(
            "no output was there to index; look into the output directory, and at index.include"
                + " and index.exclude");
      }
      if (!target.adopted().isEmpty()) {
        warnings.add("files of other work got the next version, see index.adopted");
      }
      if (outputs.older().count() > 0) {
        warnings.add(
            outputs.older().count()
                + " objects in the output directory are older than the run's first launch, see"
                + " index.older; they were not indexed");
      }
      if (outputs.late().count() > 0) {
        warnings.add(
            outputs.late().count()
                + " outputs appeared or changed after their run had ended, see index.late");
      }
      if (mapping.vanishedCount() > 0) {
        warnings.add(
            mapping.vanishedCount()
                + " files of an earlier index have no output any more, see index.vanished; nothing"
                + " was deleted");
      }
      return warnings;
    }
  }

  /**
   * Does it.
   *
   * @param launches of runs into directories that may have held objects before
   */
  Indexed index(List<S3Uri> from, List<FirstLaunch> launches, Provenance provenance) {
    run.stages().begin(stage(), "listing outputs, twice: some may come late");
    Outputs outputs = run.operator().repairable(stage(), () -> list(from, launches));
    refuseEmpty(outputs);
    ManifestRef summed = checksum(outputs.files());
    CancellationScope.throwCanceled();
    IndexTarget target =
        run.operator().repairable(stage(), () -> prepare(summed, from, provenance));
    CancellationScope.throwCanceled();
    List<IndexedPage> pages = indexPages(summed, target.untold());
    IndexedPage files = pages.stream().reduce(IndexedPage.NONE, IndexedPage::plus);
    ManifestRef indexed =
        summed.made(indexedPages(), pages.stream().map(IndexedPage::sha256).toList());
    Mapping mapping = run.operator().repairable(stage(), () -> writeMapping(indexed));
    CancellationScope.throwCanceled();
    run.stages().count("files.indexed", files.files());
    run.stages().done(stage(), told(files, target));
    return new Indexed(outputs, target, files, mapping);
  }

  private static String told(IndexedPage files, IndexTarget target) {
    return files.files()
        + " files in "
        + target.folderCount()
        + " folders: "
        + files.created()
        + " new, "
        + files.newVersions()
        + " changed, "
        + (files.annotated() == 0 ? "" : files.annotated() + " annotated, ")
        + files.unchanged()
        + " unchanged";
  }

  private Outputs list(List<S3Uri> from, List<FirstLaunch> launches) {
    return stub(TransferActivities.class, ActivityPolicy.page(TaskQueues.S3, "list the outputs"))
        .listOutputs(
            new ListOutputs(
                from,
                index.include(),
                index.exclude(),
                launches,
                run.settings().settleMillis(),
                work("outputs/")));
  }

  private Mapping writeMapping(ManifestRef pages) {
    return stub(
            SynapseActivities.class, ActivityPolicy.quick(TaskQueues.SYNAPSE, "write the mapping"))
        .writeMapping(
            new WriteMapping(run.claim(), pages, work("mapping.csv"), earlier("mapping.csv")));
  }

  private void refuseEmpty(Outputs outputs) {
    if (outputs.zeroByte().count() > 0 && index.zeroByte().equals("fail")) {
      throw ApplicationFailure.newNonRetryableFailure(
          "outputs of 0 bytes: "
              + outputs.zeroByte().count()
              + ", such as "
              + outputs.zeroByte().first().get(0)
              + "; index.zeroByte is fail",
          FailureKind.RUN_FAILED.name());
    }
  }

  /** A stretch of pages to a call, for most of it is quick. */
  private ManifestRef checksum(ManifestRef files) {
    S3Uri result = work("summed/");
    int calls = Math.min(PageWindow.WIDTH, files.pageCount());
    List<SummedPages> summed =
        new PageWindow(run.operator(), stage())
            .each(
                calls,
                call ->
                    Async.function(
                        stub(
                                TransferActivities.class,
                                ActivityPolicy.page(
                                    TaskQueues.S3, "MD5s, part " + (call + 1) + " of " + calls))
                            ::checksumPages,
                        new ChecksumPages(
                            files,
                            files.pageCount() * call / calls,
                            files.pageCount() * (call + 1) / calls,
                            result)),
                part -> {});
    return files.made(result, summed.stream().flatMap(part -> part.digests().stream()).toList());
  }

  private IndexTarget prepare(ManifestRef outputs, List<S3Uri> from, Provenance provenance) {
    run.stages().say(stage(), "folders for " + outputs.rows() + " files", Optional.empty());
    return stub(
            SynapseActivities.class,
            ActivityPolicy.page(TaskQueues.SYNAPSE, "folders and provenance"))
        .prepareIndex(
            new PrepareIndex(
                run.claim(),
                run.spec().request().control().connection(),
                index.parent(),
                outputs,
                run.spec().ownerFolder(),
                work("folders.json"),
                index.names(),
                index.storageLocation(),
                provenance,
                index.annotations(),
                from,
                folder(),
                earlier("indexed/")));
  }

  private List<IndexedPage> indexPages(ManifestRef outputs, IndexTarget target) {
    long[] indexed = {0};
    return new PageWindow(run.operator(), stage())
        .each(
            outputs.pageCount(),
            page ->
                Async.function(
                    stub(
                            SynapseActivities.class,
                            ActivityPolicy.page(
                                TaskQueues.SYNAPSE,
                                "index page " + (page + 1) + " of " + outputs.pageCount()))
                        ::indexPage,
                    new IndexPage(
                        run.claim(),
                        run.spec().request().control().connection(),
                        target.parent(),
                        outputs,
                        page,
                        target,
                        index.names(),
                        indexedPages())),
            page -> {
              indexed[0] += page.files();
              run.stages()
                  .say(stage(), indexed[0] + " of " + outputs.rows() + " files", Optional.empty());
            });
  }

  private String folder() {
    return index
        .folder()
        .replace("${manifest.id}", run.spec().manifest().id().value())
        .replace("${recipe}", run.spec().request().recipe())
        .replace("${generation}", String.valueOf(run.claim().generation()));
  }

  private String stage() {
    return stageName(label);
  }

  private S3Uri indexedPages() {
    return work("indexed/");
  }

  /** Where earlier generations may have left theirs, newest first. */
  private List<S3Uri> earlier(String name) {
    return run.earlierWork().stream().map(work -> below(work, name)).toList();
  }

  private S3Uri work(String name) {
    return below(run.work(), name);
  }

  /** Lists of a run's own index lie beside those of the request's, under the run's name. */
  private S3Uri below(S3Uri work, String name) {
    return work.resolve(label.isEmpty() ? name : "index/" + label + "/" + name);
  }
}
