package io.towpath.workflows.roundtrip;

import static io.towpath.workflows.progress.Operator.stub;

import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Promise;
import io.towpath.workflows.ActivityPolicy;
import io.towpath.workflows.TaskQueues;
import io.towpath.workflows.etl.ClaimedRun;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.model.ManifestRef;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.synapse.SynapseActivities;
import io.towpath.workflows.synapse.SynapseActivities.IndexPage;
import io.towpath.workflows.synapse.SynapseActivities.IndexTarget;
import io.towpath.workflows.synapse.SynapseActivities.IndexedPage;
import io.towpath.workflows.synapse.SynapseActivities.Mapping;
import io.towpath.workflows.synapse.SynapseActivities.PrepareIndex;
import io.towpath.workflows.synapse.SynapseActivities.Provenance;
import io.towpath.workflows.synapse.SynapseActivities.WriteMapping;
import io.towpath.workflows.transfer.ListOutputs;
import io.towpath.workflows.transfer.Outputs;
import io.towpath.workflows.transfer.PageCount;
import io.towpath.workflows.transfer.TransferActivities;
import io.towpath.workflows.transfer.TransferActivities.ChecksumPage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Files the outputs of succeeded runs in Synapse: folders, entities, provenance, mapping. */
final class IndexStep {
  /** Mappings of this many earlier generations are looked for. */
  private static final int GENERATIONS_BACK = 10;

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
      report.put("skipped", outputs.skipped() + outputs.zeroByteCount());
      report.put("failed", 0);
      report.put("zeroByte", outputs.zeroByte());
      report.put("renamed", target.renamed());
      report.put("adopted", target.adopted());
      report.put("late", outputs.late());
      report.put("vanished", mapping.vanished());
      report.put("parent", target.parent().value());
      report.put("folderCount", target.folderCount());
      report.put("mappingUri", mapping.uri().value());
      return report;
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
      if (outputs.lateCount() > 0) {
        warnings.add(
            outputs.lateCount()
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

  Indexed index(List<S3Uri> from, Provenance provenance) {
    run.stages().begin(stage(), "listing outputs, twice: some may come late");
    Outputs outputs = run.operator().repairable(stage(), () -> list(from));
    refuseEmpty(outputs);
    ManifestRef summed = checksum(outputs.files());
    CancellationScope.throwCanceled();
    IndexTarget target =
        run.operator().repairable(stage(), () -> prepare(summed, from, provenance));
    CancellationScope.throwCanceled();
    IndexedPage files = indexPages(summed, target);
    ManifestRef pages =
        new ManifestRef(indexedPages(), "", summed.rows(), summed.pageSize(), summed.sizeBytes());
    Mapping mapping = run.operator().repairable(stage(), () -> writeMapping(pages));
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

  private Outputs list(List<S3Uri> from) {
    return stub(TransferActivities.class, ActivityPolicy.page(TaskQueues.S3, "list the outputs"))
        .listOutputs(
            new ListOutputs(
                from,
                index.include(),
                index.exclude(),
                run.settings().settleMillis(),
                work("outputs/")));
  }

  private Mapping writeMapping(ManifestRef pages) {
    List<S3Uri> earlier = new ArrayList<>();
    int newest = run.claim().generation() - 1;
    for (int g = newest; g > Math.max(0, newest - GENERATIONS_BACK); g--) {
      earlier.add(below(run.spec().work(g), "mapping.csv"));
    }
    return stub(
            SynapseActivities.class, ActivityPolicy.quick(TaskQueues.SYNAPSE, "write the mapping"))
        .writeMapping(new WriteMapping(run.claim(), pages, work("mapping.csv"), earlier));
  }

  private void refuseEmpty(Outputs outputs) {
    if (outputs.zeroByteCount() > 0 && index.zeroByte().equals("fail")) {
      throw ApplicationFailure.newNonRetryableFailure(
          "outputs of 0 bytes: "
              + outputs.zeroByteCount()
              + ", such as "
              + outputs.zeroByte().get(0)
              + "; index.zeroByte is fail",
          FailureKind.RUN_FAILED.name());
    }
  }

  private ManifestRef checksum(ManifestRef files) {
    S3Uri result = work("summed/");
    for (int first = 0; first < files.pageCount(); first += StageStep.WINDOW) {
      int from = first;
      run.operator().repairable(stage(), () -> checksumWindow(files, from, result));
      CancellationScope.throwCanceled();
    }
    return new ManifestRef(
        result, files.sha256(), files.rows(), files.pageSize(), files.sizeBytes());
  }

  private long checksumWindow(ManifestRef files, int from, S3Uri result) {
    List<Promise<PageCount>> pages = new ArrayList<>();
    for (int page = from; page < Math.min(from + StageStep.WINDOW, files.pageCount()); page++) {
      TransferActivities transfer =
          stub(
              TransferActivities.class,
              ActivityPolicy.page(TaskQueues.S3, "MD5 of page " + (page + 1)));
      pages.add(Async.function(transfer::checksumPage, new ChecksumPage(files, page, result)));
    }
    Promise.allOf(pages).get();
    return pages.size();
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
                folder()));
  }

  private IndexedPage indexPages(ManifestRef outputs, IndexTarget target) {
    IndexedPage total = new IndexedPage(0, 0, 0, 0);
    for (int first = 0; first < outputs.pageCount(); first += StageStep.WINDOW) {
      run.operator().awaitNotPaused();
      int from = first;
      for (IndexedPage page :
          run.operator().repairable(stage(), () -> window(outputs, target, from))) {
        total = total.plus(page);
      }
      CancellationScope.throwCanceled();
    }
    return total;
  }

  private List<IndexedPage> window(ManifestRef outputs, IndexTarget target, int from) {
    List<Promise<IndexedPage>> pages = new ArrayList<>();
    for (int page = from; page < Math.min(from + StageStep.WINDOW, outputs.pageCount()); page++) {
      SynapseActivities synapse =
          stub(
              SynapseActivities.class,
              ActivityPolicy.page(TaskQueues.SYNAPSE, "index page " + (page + 1)));
      pages.add(
          Async.function(
              synapse::indexPage,
              new IndexPage(
                  run.claim(),
                  run.spec().request().control().connection(),
                  target.parent(),
                  outputs,
                  page,
                  target,
                  index.names(),
                  indexedPages())));
    }
    Promise.allOf(pages).get();
    return pages.stream().map(Promise::get).toList();
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

  private S3Uri work(String name) {
    return below(run.work(), name);
  }

  /** Lists of a run's own index lie beside those of the request's, under the run's name. */
  private S3Uri below(S3Uri work, String name) {
    return work.resolve(label.isEmpty() ? name : "index/" + label + "/" + name);
  }
}
