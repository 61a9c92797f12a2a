package io.towpath.activities.transfer;

import io.temporal.activity.Activity;
import io.towpath.activities.fanout.PageRunner;
import io.towpath.activities.outside.OutsideFiles;
import io.towpath.activities.store.S3Clients;
import io.towpath.activities.store.S3Documents;
import io.towpath.activities.submit.SubmitLedger;
import io.towpath.workflows.ledger.Claim;
import io.towpath.workflows.model.ManifestRef;
import io.towpath.workflows.model.Problem;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.transfer.ListOutputs;
import io.towpath.workflows.transfer.Outputs;
import io.towpath.workflows.transfer.StagePage;
import io.towpath.workflows.transfer.StagedPage;
import io.towpath.workflows.transfer.SummedPages;
import io.towpath.workflows.transfer.TransferActivities;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** Moves and lists bytes in S3 for all activities of a worker, within one bound of memory. */
public final class TransferActivitiesImpl implements TransferActivities, AutoCloseable {
  private final S3Documents documents;
  private final SubmitLedger ledger;
  private final PageRunner pages;
  private final Consumer<Object> heartbeat;
  private final ExecutorService threads;
  private final TargetInspection targets;
  private final Staging staging;
  private final OpenUploads uploads;
  private final OutputListing outputs;
  private final OutputChecksums checksums;

  /** Heartbeats to Temporal; to be called only from activities. */
  public TransferActivitiesImpl(
      S3Clients s3, SourceUrls urls, OutsideFiles outside, SubmitLedger ledger, PageRunner pages) {
    this(
        s3,
        urls,
        outside,
        ledger,
        pages,
        TransferLimits.STANDARD,
        details -> Activity.getExecutionContext().heartbeat(details));
  }

  /**
   * @param urls asked for signed URLs directly before they are used
   * @param outside asked for files that sheets name outside Synapse
   * @param heartbeat told the progress; throws when the activity is cancelled
   */
  public TransferActivitiesImpl(
      S3Clients s3,
      SourceUrls urls,
      OutsideFiles outside,
      SubmitLedger ledger,
      PageRunner pages,
      TransferLimits limits,
      Consumer<Object> heartbeat) {
    this.documents = new S3Documents(s3.repeating());
    this.ledger = ledger;
    this.pages = pages;
    this.heartbeat = heartbeat;
    this.threads = Executors.newCachedThreadPool(TransferActivitiesImpl::thread);
    this.targets = new TargetInspection(s3.repeating());
    this.staging =
        new Staging(s3, urls, outside, ledger, pages, new StreamCopy(s3, limits, threads, ledger));
    this.uploads = new OpenUploads(s3, ledger);
    this.outputs = new OutputListing(s3.repeating(), documents, ledger);
    this.checksums = new OutputChecksums(s3.repeating());
  }

  @Override
  public List<Problem> inspectTarget(S3Uri target, String place) {
    return targets.inspect(target, place);
  }

  @Override
  public StagedPage stagePage(StagePage request) {
    return staging.stage(request, heartbeat::accept);
  }

  @Override
  public int abortUploads(Claim claim, S3Uri prefix) {
    return uploads.abortAll(claim, prefix);
  }

  @Override
  public Outputs listOutputs(ListOutputs request) {
    return outputs.list(request, heartbeat);
  }

  @Override
  public SummedPages checksumPages(ChecksumPages request) {
    return new OutputSums(checksums, documents, pages, heartbeat::accept).sum(request);
  }

  @Override
  public ManifestRef placeOutputs(PlaceOutputs request) {
    return new PlacedOutputs(documents, heartbeat).place(request);
  }

  @Override
  public boolean holdsObjects(S3Uri prefix) {
    return targets.holdsObjects(prefix);
  }

  @Override
  public S3Uri writeDocument(Claim claim, S3Uri where, String json) {
    ledger.requireHeld(claim);
    documents.write(where, "application/json", json.getBytes(StandardCharsets.UTF_8));
    return where;
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "transfer-part");
    thread.setDaemon(true);
    return thread;
  }
}
