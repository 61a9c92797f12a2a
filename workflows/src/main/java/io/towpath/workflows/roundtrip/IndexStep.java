package io.towpath.workflows.roundtrip;

import static io.towpath.workflows.progress.Operator.stub;

import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Promise;
import io.towpath.workflows.ActivityPolicy;
import io.towpath.workflows.TaskQueues;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.model.ManifestRef;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.model.SynapseId;
import io.towpath.workflows.synapse.SynapseActivities;
import io.towpath.workflows.synapse.SynapseActivities.IndexPage;
import io.towpath.workflows.synapse.SynapseActivities.IndexTarget;
import io.towpath.workflows.synapse.SynapseActivities.IndexedPage;
import io.towpath.workflows.synapse.SynapseActivities.NameRules;
import io.towpath.workflows.synapse.SynapseActivities.PrepareIndex;
import io.towpath.workflows.synapse.SynapseActivities.Provenance;
import io.towpath.workflows.transfer.ListOutputs;
import io.towpath.workflows.transfer.Outputs;
import io.towpath.workflows.transfer.PageCount;
import io.towpath.workflows.transfer.TransferActivities;
import io.towpath.workflows.transfer.TransferActivities.ChecksumPage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Files the outputs of succeeded runs in Synapse: folders, entities, provenance, mapping. */
final class IndexStep {
  private final RoundTripRun run;

  IndexStep(RoundTripRun run) {
    this.run = run;
  }

  /** What indexing left behind. */
  record Indexed(Outputs outputs, IndexTarget target, IndexedPage files, S3Uri mapping) {
    Map<String, Object> report() {
      Map<String, Object> report = new TreeMap<>();
      report.put("created", files.created());
      report.put("newVersions", files.newVersions());
      report.put("unchanged", files.unchanged());
      report.put("skipped", outputs.skipped() + outputs.zeroByteCount());
      report.put("failed", 0);
      report.put("zeroByte", outputs.zeroByte());
      report.put("renamed", target.renamed());
      report.put("folderCount", target.folderCount());
      report.put("mappingUri", mapping.value());
      return report;
    }
  }

  Indexed index(List<S3Uri> from, Provenance provenance) {
    run.stages().begin("index", "listing outputs");
    Outputs outputs = run.operator().repairable(() -> list(from));
    refuseEmpty(outputs);
    ManifestRef summed = checksum(outputs.files());
    CancellationScope.throwCanceled();
    IndexTarget target = run.operator().repairable(() -> prepare(summed, provenance));
    CancellationScope.throwCanceled();
    IndexedPage files = indexPages(summed, target);
    ManifestRef pages =
        new ManifestRef(indexedPages(), "", summed.rows(), summed.pageSize(), summed.sizeBytes());
    S3Uri mapping =
        run.operator()
            .repairable(
                () ->
                    stub(
                            SynapseActivities.class,
                            ActivityPolicy.quick(TaskQueues.SYNAPSE, "write the mapping"))
                        .writeMapping(run.claim(), pages, run.work().resolve("mapping.csv")));
    CancellationScope.throwCanceled();
    run.stages().count("files.indexed", files.files());
    run.stages()
        .done(
            "index",
            files.files()
                + " files in "
                + target.folderCount()
                + " folders: "
                + files.created()
                + " new, "
                + files.newVersions()
                + " changed, "
                + files.unchanged()
                + " unchanged");
    return new Indexed(outputs, target, files, mapping);
  }

  private Outputs list(List<S3Uri> from) {
    RoundTripRequest.Index index = run.spec().request().index();
    return stub(TransferActivities.class, ActivityPolicy.page(TaskQueues.S3, "list the outputs"))
        .listOutputs(
            new ListOutputs(
                from, index.include(), index.exclude(), run.work().resolve("outputs/")));
  }

  private void refuseEmpty(Outputs outputs) {
    if (outputs.zeroByteCount() > 0 && run.spec().request().index().zeroByte().equals("fail")) {
      throw ApplicationFailure.newNonRetryableFailure(
          outputs.zeroByteCount()
              + " outputs have 0 bytes, such as "
              + outputs.zeroByte().get(0)
              + ", and index.zeroByte is fail; nothing was indexed",
          FailureKind.RUN_FAILED.name());
    }
  }

  private ManifestRef checksum(ManifestRef files) {
    S3Uri result = run.work().resolve("summed/");
    for (int first = 0; first < files.pageCount(); first += StageStep.WINDOW) {
      int from = first;
      run.operator().repairable(() -> checksumWindow(files, from, result));
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

  private IndexTarget prepare(ManifestRef outputs, Provenance provenance) {
    run.stages()
        .say("index", "folders for " + outputs.rows() + " files", java.util.Optional.empty());
    return stub(
            SynapseActivities.class,
            ActivityPolicy.page(TaskQueues.SYNAPSE, "folders and provenance"))
        .prepareIndex(
            new PrepareIndex(
                run.claim(),
                run.spec().request().control().connection(),
                parent(),
                outputs,
                run.spec().ownerFolder(),
                run.work().resolve("folders.json"),
                names(),
                provenance));
  }

  private IndexedPage indexPages(ManifestRef outputs, IndexTarget target) {
    IndexedPage total = new IndexedPage(0, 0, 0);
    for (int first = 0; first < outputs.pageCount(); first += StageStep.WINDOW) {
      run.operator().awaitNotPaused();
      int from = first;
      for (IndexedPage page : run.operator().repairable(() -> window(outputs, target, from))) {
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
                  parent(),
                  outputs,
                  page,
                  target,
                  names(),
                  indexedPages())));
    }
    Promise.allOf(pages).get();
    return pages.stream().map(Promise::get).toList();
  }

  private SynapseId parent() {
    return run.spec().request().index().parent();
  }

  private S3Uri indexedPages() {
    return run.work().resolve("indexed/");
  }

  private NameRules names() {
    RoundTripRequest.Index index = run.spec().request().index();
    return new NameRules(index.onIllegal(), index.onCollision());
  }
}
