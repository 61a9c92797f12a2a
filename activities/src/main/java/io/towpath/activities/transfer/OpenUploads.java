package io.towpath.activities.transfer;

import io.towpath.activities.store.S3Clients;
import io.towpath.activities.store.S3Failures;
import io.towpath.activities.submit.SubmitLedger;
import io.towpath.workflows.ledger.Claim;
import io.towpath.workflows.model.FileRef;
import io.towpath.workflows.model.RunKey;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.model.SpecDigest;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.Part;

/**
 * Multipart uploads that are not complete. After a crash the store itself knows them and their
 * parts; which of them a claim opened stands in the ledger, noted before they are opened.
 */
final class OpenUploads {
  private static final String STEP = "stage-upload";

  private final S3Clients s3;
  private final SubmitLedger ledger;

  OpenUploads(S3Clients s3, SubmitLedger ledger) {
    this.s3 = s3;
    this.ledger = ledger;
  }

  /** An upload to go on with, and the parts that it has by number. */
  record Open(String uploadId, Map<Integer, Part> parts) {}

  /**
   * The newest open upload for exactly this key, or a new one; older ones are aborted. Of a folder
   * that others stage to as well, only what this claim opened counts.
   */
  Open openFor(Claim claim, FileRef file, Target place) {
    S3Uri target = place.uri();
    boolean ours = !place.shared() || ledger.idRecorded(claim, STEP, noteOf(claim, target));
    List<MultipartUpload> found =
        below(target).stream()
            .filter(upload -> ours && upload.key().equals(target.key()))
            .sorted(Comparator.comparing(MultipartUpload::initiated).reversed())
            .toList();
    found.stream().skip(1).forEach(old -> abort(target, old.uploadId()));
    ledger.recordId(claim, STEP, noteOf(claim, target), target.value());
    if (!found.isEmpty()) {
      String uploadId = found.get(0).uploadId();
      return new Open(uploadId, parts(target, uploadId));
    }
    return new Open(create(file, target), Map.of());
  }

  /** Aborts what this claim's generation opened below a prefix. */
  int abortAll(Claim claim, S3Uri prefix) {
    int aborted = 0;
    for (MultipartUpload upload : below(prefix)) {
      S3Uri target = S3Uri.of(prefix.bucket(), upload.key());
      if (ledger.idRecorded(claim, STEP, noteOf(claim, target))) {
        abort(target, upload.uploadId());
        aborted++;
      }
    }
    return aborted;
  }

  /** Aborts an upload; one that is gone already is aborted. */
  void abort(S3Uri target, String uploadId) {
    try {
      s3.repeating()
          .abortMultipartUpload(
              r -> r.bucket(target.bucket()).key(target.key()).uploadId(uploadId));
    } catch (SdkException e) {
      if (!StoredObject.changed(e)) {
        throw S3Failures.of("s3:AbortMultipartUpload", target, e);
      }
    }
  }

  private String create(FileRef file, S3Uri target) {
    return S3Failures.asking(
        "s3:PutObject",
        target,
        () ->
            s3.once()
                .createMultipartUpload(
                    r ->
                        r.bucket(target.bucket())
                            .key(target.key())
                            .metadata(StoredObject.metadata(file, file.md5())))
                .uploadId());
  }

  private List<MultipartUpload> below(S3Uri prefix) {
    return S3Failures.asking(
        "s3:ListBucketMultipartUploads",
        prefix,
        () ->
            s3
                .repeating()
                .listMultipartUploadsPaginator(r -> r.bucket(prefix.bucket()).prefix(prefix.key()))
                .uploads()
                .stream()
                .toList());
  }

  private Map<Integer, Part> parts(S3Uri target, String uploadId) {
    return S3Failures.asking(
        "s3:ListMultipartUploadParts",
        target,
        () -> {
          Map<Integer, Part> parts = new HashMap<>();
          s3.repeating()
              .listPartsPaginator(
                  r -> r.bucket(target.bucket()).key(target.key()).uploadId(uploadId))
              .parts()
              .forEach(part -> parts.put(part.partNumber(), part));
          return parts;
        });
  }

  private static RunKey noteOf(Claim claim, S3Uri target) {
    return RunKey.of(
        claim.businessKey(),
        STEP,
        target.value(),
        SpecDigest.of(Map.of("target", target.value())),
        1);
  }
}
