package io.towpath.activities.synapse;

import io.towpath.activities.fanout.PageRunner;
import io.towpath.activities.outside.OutsideFiles;
import io.towpath.activities.store.S3Clients;
import io.towpath.activities.store.S3Documents;
import io.towpath.activities.submit.Attempt;
import io.towpath.activities.submit.SubmitLedger;
import io.towpath.activities.submit.SubmitOnce;
import io.towpath.workflows.model.ManifestRef;
import io.towpath.workflows.model.ManifestVersion;
import io.towpath.workflows.model.Problem;
import io.towpath.workflows.model.SynapseId;
import io.towpath.workflows.synapse.IndexTarget;
import io.towpath.workflows.synapse.IndexedFile;
import io.towpath.workflows.synapse.Inspection;
import io.towpath.workflows.synapse.SynapseActivities;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** Decides what is read from Synapse and what is filed in it. */
public final class SynapseActivitiesImpl implements SynapseActivities {
  private final SynapseConnections connections;
  private final S3Clients s3;
  private final S3Documents documents;
  private final SubmitLedger ledger;
  private final PageRunner pages;
  private final Duration settle;
  private final Supplier<Attempt> attempts;
  private final ManifestStaging manifests;

  /**
   * @param outside asked for files that sheets name outside Synapse
   * @param settle how long an unclear outcome is looked up again ({@code TOWPATH_SETTLE})
   * @param attempts the attempt that a method is called in, {@code Attempt::ofActivity} in a worker
   */
  public SynapseActivitiesImpl(
      SynapseConnections connections,
      S3Clients s3,
      OutsideFiles outside,
      SubmitLedger ledger,
      PageRunner pages,
      Duration settle,
      Supplier<Attempt> attempts) {
    this.connections = connections;
    this.s3 = s3;
    this.documents = new S3Documents(s3.repeating());
    this.ledger = ledger;
    this.pages = pages;
    this.settle = settle;
    this.attempts = attempts;
    this.manifests = new ManifestStaging(connections, s3, outside, ledger, pages);
  }

  @Override
  public ManifestVersion pinManifest(PinManifest request) {
    return manifests.pin(request, attempts.get()::heartbeat);
  }

  @Override
  public Inspection inspect(InspectManifest request) {
    return manifests.inspect(request, attempts.get()::heartbeat);
  }

  @Override
  public StoredManifest storeManifest(StoreManifest request) {
    return manifests.store(request, attempts.get()::heartbeat);
  }

  @Override
  public IndexTarget prepareIndex(PrepareIndex request) {
    Attempt attempt = attempts.get();
    SynapseAccount account = connections.get(request.connection());
    SubmitOnce submit = submit(attempt);
    PrepareIndex inFolder = request;
    if (!request.folder().isEmpty()) {
      ledger.requireHeld(request.claim());
      FolderMaker maker = new FolderMaker(account.client(), submit, request.claim());
      inFolder =
          request.in(new SynapseId(maker.ensure(request.parent().entity(), request.folder())));
    }
    return new IndexPreparation(s3, documents, ledger, pages, account, inFolder, attempt)
        .run(submit);
  }

  @Override
  public IndexedPage indexPage(IndexPage request) {
    Attempt attempt = attempts.get();
    SynapseAccount account = connections.get(request.connection());
    ledger.requireHeld(request.claim());
    List<IndexedFile> indexed =
        new PageIndexer(
                documents,
                pages,
                account,
                new FileIndexer(account.client(), submit(attempt), ledger),
                request,
                attempt)
            .run();
    String sha256 =
        documents.writePage(ManifestRef.page(request.result(), request.page()), indexed);
    return new IndexedPage(
        count(indexed, FileIndexer.CREATED),
        count(indexed, FileIndexer.NEW_VERSION),
        count(indexed, FileIndexer.ANNOTATED),
        count(indexed, FileIndexer.UNCHANGED),
        sha256);
  }

  @Override
  public Mapping writeMapping(WriteMapping request) {
    Attempt attempt = attempts.get();
    ledger.requireHeld(request.claim());
    EarlierMapping earlier = new EarlierMapping(documents);
    new MappingWriter(documents, attempt::heartbeat)
        .write(request.indexed(), request.mapping(), earlier::has);
    return earlier.compare(request.mapping(), request.earlier());
  }

  @Override
  public List<Problem> inspectFolder(InspectFolder request) {
    return ParentCheck.rights(
        request.folder(), request.place(), connections.get(request.connection()));
  }

  @Override
  public IndexedFile ensureReport(EnsureReport request) {
    SynapseAccount account = connections.get(request.connection());
    ledger.requireHeld(request.claim());
    return new DocumentFiling(documents, account, submit(attempts.get()), ledger).file(request);
  }

  /** Outcomes of one attempt are looked up from any of its threads. */
  private SubmitOnce submit(Attempt attempt) {
    return new SubmitOnce(ledger, attempt.settle(settle));
  }

  private static long count(List<IndexedFile> files, String action) {
    return files.stream().filter(file -> file.action().equals(action)).count();
  }
}
