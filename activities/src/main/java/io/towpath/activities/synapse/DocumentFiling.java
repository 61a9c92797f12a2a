package io.towpath.activities.synapse;

import io.towpath.activities.http.PlatformException;
import io.towpath.activities.store.Digests;
import io.towpath.activities.store.S3Documents;
import io.towpath.activities.submit.SubmitLedger;
import io.towpath.activities.submit.SubmitOnce;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.synapse.IndexTarget;
import io.towpath.workflows.synapse.IndexedFile;
import io.towpath.workflows.synapse.SynapseActivities.EnsureReport;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Files a document of a run: where it lies in S3, or as a copy in Synapse's own storage. */
final class DocumentFiling {
  private final S3Documents documents;
  private final SynapseAccount account;
  private final SubmitOnce submit;
  private final SubmitLedger ledger;

  DocumentFiling(
      S3Documents documents, SynapseAccount account, SubmitOnce submit, SubmitLedger ledger) {
    this.documents = documents;
    this.account = account;
    this.submit = submit;
    this.ledger = ledger;
  }

  IndexedFile file(EnsureReport request) {
    String name = request.name().orElse(IndexPlan.REPORT);
    byte[] content =
        request.json().map(json -> stored(request.report(), json)).orElseGet(() -> lying(request));
    WantedFile wanted =
        new WantedFile(
            request.claim(),
            request.parent().entity(),
            new TargetPath("", name),
            request.report(),
            Digests.md5(content),
            OptionalLong.of(content.length),
            request
                .target()
                .map(IndexTarget::storageLocationId)
                .map(OptionalLong::of)
                .orElseGet(OptionalLong::empty),
            request.target().map(IndexTarget::activityId).orElse(""),
            Map.of(),
            request.sharedBelow());
    FileIndexer files =
        new FileIndexer(
            account.client(),
            submit,
            ledger,
            file -> new DocumentUpload(account.client(), name, content).handle());
    Optional<SeenFile> now = files.look(wanted);
    return files.index(wanted, now, now);
  }

  private byte[] stored(S3Uri where, String json) {
    byte[] content = json.getBytes(StandardCharsets.UTF_8);
    documents.write(where, "application/json", content);
    return content;
  }

  private byte[] lying(EnsureReport request) {
    byte[] content = documents.read(request.report());
    String sha256 = Digests.sha256(content);
    String expected = request.sha256().orElse(sha256);
    if (!expected.equals(sha256)) {
      throw new PlatformException(
          FailureKind.CHECKSUM_MISMATCH,
          request.report()
              + " has the SHA-256 "
              + sha256
              + " and was recorded with "
              + expected
              + ": somebody changed it; nothing of it is filed. Put the recorded bytes back");
    }
    return content;
  }
}
