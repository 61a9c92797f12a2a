package io.towpath.activities.synapse;

import io.towpath.activities.transfer.TransferActivitiesImpl;
import io.towpath.workflows.model.ManifestRef;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.model.SynapseId;
import io.towpath.workflows.synapse.IndexTarget;
import io.towpath.workflows.synapse.IndexedFile;
import io.towpath.workflows.synapse.NameRules;
import io.towpath.workflows.synapse.Provenance;
import io.towpath.workflows.synapse.SynapseActivities.IndexPage;
import io.towpath.workflows.synapse.SynapseActivities.PrepareIndex;
import io.towpath.workflows.transfer.ListOutputs;
import io.towpath.workflows.transfer.Outputs;
import io.towpath.workflows.transfer.TransferActivities.ChecksumPages;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Objects below a prefix, listed, summed and indexed as the workflow does it. */
final class ListedScene implements AutoCloseable {
  private static final NameRules SANITIZED = new NameRules("sanitize+record", "fail");

  private final SynapseSandbox sandbox;
  private final TransferActivitiesImpl transfer;
  private final S3Uri out;
  private final S3Uri work;
  private final String connection;
  private final String parent;

  ListedScene(SynapseSandbox sandbox) {
    this(
        sandbox,
        sandbox.seed().folder(sandbox.seed().project("listed " + System.nanoTime()), "out"),
        "results/out/",
        "default");
  }

  private ListedScene(SynapseSandbox sandbox, String parent, String out, String connection) {
    this.sandbox = sandbox;
    this.transfer = sandbox.transfer();
    this.out = S3Uri.of(SynapseSandbox.BUCKET, out);
    this.work = S3Uri.of(SynapseSandbox.BUCKET, "work/" + out);
    this.connection = connection;
    this.parent = parent;
  }

  /** Other outputs of the same work, indexed into the same folder by another worker. */
  ListedScene beside(int worker) {
    return new ListedScene(sandbox, parent, "results/" + worker + "/", "worker " + worker);
  }

  /** What listing and indexing gave. */
  record Listed(Outputs outputs, IndexTarget target, List<IndexedFile> files) {}

  ListedScene put(String path, String content) {
    sandbox.put(out.key() + path, content);
    return this;
  }

  Listed index() {
    Outputs outputs = list();
    ManifestRef summed = sum(outputs.files());
    IndexTarget target = sandbox.activities().prepareIndex(prepare(summed));
    List<IndexedFile> files = new ArrayList<>();
    S3Uri result = work.resolve("indexed/");
    for (int page = 0; page < summed.pageCount(); page++) {
      sandbox
          .activities()
          .indexPage(
              new IndexPage(
                  SynapseSandbox.CLAIM,
                  connection,
                  new SynapseId(parent),
                  summed,
                  page,
                  target,
                  SANITIZED,
                  result));
      files.addAll(sandbox.documents().readPage(ManifestRef.page(result, page), IndexedFile.class));
    }
    return new Listed(outputs, target, files);
  }

  Outputs list() {
    return transfer.listOutputs(
        new ListOutputs(
            List.of(out),
            List.of("**"),
            List.of("work/**"),
            List.of(),
            0,
            work.resolve("outputs/")));
  }

  private ManifestRef sum(ManifestRef files) {
    S3Uri result = work.resolve("summed/");
    return files.made(
        result,
        transfer.checksumPages(new ChecksumPages(files, 0, files.pageCount(), result)).digests());
  }

  private PrepareIndex prepare(ManifestRef summed) {
    return new PrepareIndex(
        SynapseSandbox.CLAIM,
        connection,
        new SynapseId(parent),
        summed,
        S3Uri.of(SynapseSandbox.BUCKET, "towpath/owner/"),
        work.resolve("folders.json"),
        SANITIZED,
        Optional.empty(),
        new Provenance("listed", "what ran", List.of(), Optional.empty(), List.of()),
        List.of(),
        List.of(out),
        "",
        List.of());
  }

  @Override
  public void close() {
    transfer.close();
  }
}
