package io.towpath.activities.transfer;

import io.towpath.activities.http.PlatformException;
import io.towpath.activities.store.S3Clients;
import io.towpath.activities.store.S3Failures;
import io.towpath.activities.submit.SubmitLedger;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.ledger.Claim;
import io.towpath.workflows.model.FileRef;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * Copies one file through the worker's memory: read once, hashed once, written once. Nothing is
 * visible at the target before its MD5 agrees with the source's.
 */
final class StreamCopy {
  private static final int TRIES = 3;
  private static final Duration COMPLETION = Duration.ofMinutes(10);

  private final S3Clients s3;
  private final TransferLimits limits;
  private final Buffers buffers;
  private final ExecutorService threads;
  private final SubmitLedger ledger;
  private final OpenUploads uploads;

  StreamCopy(S3Clients s3, TransferLimits limits, ExecutorService threads, SubmitLedger ledger) {
    this.s3 = s3;
    this.limits = limits;
    this.buffers = new Buffers(limits.chunkBytes(), limits.chunks());
    this.threads = threads;
    this.ledger = ledger;
    this.uploads = new OpenUploads(s3, ledger);
  }

  /**
   * Copies the file and returns its MD5. Fails with {@code CHECKSUM_MISMATCH} when three readings
   * gave other bytes than the source states.
   *
   * @param bytes where each reading begins
   */
  String copy(Claim claim, FileRef file, Target target, Supplier<Stretches> bytes) {
    for (int attempt = 1; ; attempt++) {
      try {
        SourceReader source = new SourceReader(bytes.get(), file);
        return file.sizeBytes() <= limits.chunkBytes()
            ? inOneGo(file, target, source)
            : inParts(claim, file, target, source);
      } catch (PlatformException e) {
        if (e.kind() != FailureKind.CHECKSUM_MISMATCH || attempt == TRIES) {
          throw e;
        }
      }
    }
  }

  private String inOneGo(FileRef file, Target target, SourceReader source) {
    int size = (int) file.sizeBytes();
    try (Buffers.Lease buffer = buffers.take(size)) {
      byte[] bytes = buffer.bytes();
      source.read(0, bytes, size);
      String md5 = Md5.of(bytes, size);
      requireStated(file, md5);
      RequestBody body =
          RequestBody.fromContentProvider(
              () -> new ByteArrayInputStream(bytes, 0, size), size, "application/octet-stream");
      write(
          file,
          target,
          () ->
              s3.repeating()
                  .putObject(
                      r ->
                          r.bucket(target.uri().bucket())
                              .key(target.uri().key())
                              .ifNoneMatch(target.free() ? "*" : null)
                              .contentMD5(base64(md5))
                              .metadata(StoredObject.metadata(file, Optional.of(md5))),
                      body));
      return md5;
    }
  }

  private String inParts(Claim claim, FileRef file, Target target, SourceReader source) {
    OpenUploads.Open upload = uploads.openFor(claim, file, target);
    ChunkStream chunks = new ChunkStream(source, file.sizeBytes(), buffers, threads);
    try (MultipartCopy parts =
        new MultipartCopy(
            s3, threads, file, target.uri(), upload, limits.partBytes(file.sizeBytes()), chunks)) {
      List<CompletedPart> sent = parts.sendAll();
      String md5 = chunks.md5();
      requireStated(file, md5);
      ledger.requireHeld(claim);
      complete(file, target, upload.uploadId(), sent);
      return md5;
    } catch (PlatformException e) {
      if (e.kind() == FailureKind.CHECKSUM_MISMATCH) {
        uploads.abort(target.uri(), upload.uploadId());
      }
      throw e;
    }
  }

  private void complete(FileRef file, Target target, String uploadId, List<CompletedPart> parts) {
    write(
        file,
        target,
        () ->
            s3.once()
                .completeMultipartUpload(
                    r ->
                        r.bucket(target.uri().bucket())
                            .key(target.uri().key())
                            .ifNoneMatch(target.free() ? "*" : null)
                            .uploadId(uploadId)
                            .multipartUpload(m -> m.parts(parts))
                            .overrideConfiguration(o -> o.apiCallTimeout(COMPLETION))));
  }

  /** A write without an answer, or found done, is judged by what lies at the target. */
  private void write(FileRef file, Target target, Runnable call) {
    try {
      call.run();
    } catch (SdkException e) {
      if (StoredObject.find(s3.repeating(), target.uri())
          .filter(found -> lies(found, file))
          .isEmpty()) {
        throw S3Failures.of("s3:PutObject", target.uri(), e);
      }
    }
  }

  /** Of a file without a stated MD5 the upload's metadata could not name one either. */
  private static boolean lies(StoredObject found, FileRef file) {
    return file.md5().isEmpty() ? found.isUnverified(file) : found.is(file);
  }

  private static void requireStated(FileRef file, String md5) {
    if (file.md5().isPresent() && !file.md5().get().equals(md5)) {
      throw new PlatformException(
          FailureKind.CHECKSUM_MISMATCH,
          file.id()
              + " (\""
              + file.name()
              + "\") was read with MD5 "
              + md5
              + " where "
              + file.md5().get()
              + " is stated; nothing was written");
    }
  }

  private static String base64(String hex) {
    return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex));
  }
}
