package io.towpath.activities.transfer;

import io.towpath.activities.http.PlatformException;
import io.towpath.activities.store.S3Clients;
import io.towpath.activities.store.S3Failures;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.model.FileRef;
import io.towpath.workflows.model.S3Uri;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.Part;

/**
 * The parts of one large file: read ahead, hashed in order, sent while the next ones are read.
 * Parts that the upload has already are only hashed.
 */
final class MultipartCopy implements AutoCloseable {
  private static final String OCTETS = "application/octet-stream";
  private static final long SLOWEST_BYTES_PER_SECOND = 1 << 20;

  /** A part on its way. */
  private record Sent(Task<CompletedPart> part, Buffers.Lease buffer) {}

  private final S3Clients s3;
  private final ExecutorService threads;
  private final FileRef file;
  private final S3Uri target;
  private final OpenUploads.Open upload;
  private final long partBytes;
  private final ChunkStream chunks;
  private final Deque<Sent> sent = new ArrayDeque<>();
  private final List<CompletedPart> complete = new ArrayList<>();

  MultipartCopy(
      S3Clients s3,
      ExecutorService threads,
      FileRef file,
      S3Uri target,
      OpenUploads.Open upload,
      long partBytes,
      ChunkStream chunks) {
    this.s3 = s3;
    this.threads = threads;
    this.file = file;
    this.target = target;
    this.upload = upload;
    this.partBytes = partBytes;
    this.chunks = chunks;
  }

  /** Sends every part that is missing; the upload is not completed. */
  List<CompletedPart> sendAll() {
    int count = (int) TransferLimits.ceiling(file.sizeBytes(), partBytes);
    for (int number = 1; number <= count; number++) {
      long size = Math.min(partBytes, file.sizeBytes() - (number - 1) * partBytes);
      Optional<Part> there =
          Optional.ofNullable(upload.parts().get(number)).filter(part -> part.size() == size);
      if (partBytes == chunks.chunkBytes()) {
        sendChunk(number, there);
      } else {
        sendInChunks(number, size, there);
      }
    }
    while (!sent.isEmpty()) {
      settleOldest();
    }
    complete.sort(Comparator.comparing(CompletedPart::partNumber));
    return complete;
  }

  /** Lets what is on its way arrive, which saves sending it again, and gives every buffer back. */
  @Override
  public void close() {
    for (Sent part : sent) {
      part.part().finish();
      part.buffer().close();
    }
    sent.clear();
    chunks.close();
  }

  private void sendChunk(int number, Optional<Part> there) {
    ChunkStream.Chunk chunk = nextChunk();
    byte[] bytes = chunk.buffer().bytes();
    int length = chunk.length();
    if (there.isPresent() && Md5.plain(there.get().eTag()).equals(Md5.of(bytes, length))) {
      chunk.buffer().close();
      complete.add(completed(number, there.get().eTag()));
      return;
    }
    RequestBody body =
        RequestBody.fromContentProvider(
            () -> new ByteArrayInputStream(bytes, 0, length), length, OCTETS);
    sent.add(
        new Sent(
            Task.begin(threads, () -> put(s3.repeating(), number, length, body)), chunk.buffer()));
  }

  /** A chunk to send; when no buffer is free, one comes back from a part that was sent. */
  private ChunkStream.Chunk nextChunk() {
    Optional<ChunkStream.Chunk> next = chunks.nextIfFree();
    while (next.isEmpty() && !sent.isEmpty()) {
      settleOldest();
      next = chunks.nextIfFree();
    }
    return next.orElseGet(chunks::next);
  }

  private void settleOldest() {
    Sent oldest = sent.element();
    complete.add(oldest.part().result());
    sent.remove();
    oldest.buffer().close();
  }

  /** A part larger than a buffer goes out while it is read, and so cannot be sent twice. */
  private void sendInChunks(int number, long size, Optional<Part> there) {
    if (there.isPresent()) {
      requireSame(size, there.get());
      complete.add(completed(number, there.get().eTag()));
      return;
    }
    try (ChunkInput input = new ChunkInput(chunks, size)) {
      complete.add(
          put(s3.once(), number, size, RequestBody.fromContentProvider(() -> input, size, OCTETS)));
    }
  }

  private void requireSame(long size, Part there) {
    Md5 md5 = new Md5();
    for (long left = size; left > 0; ) {
      ChunkStream.Chunk chunk = chunks.next();
      md5.update(chunk.buffer().bytes(), chunk.length());
      left -= chunk.length();
      chunk.buffer().close();
    }
    if (!Md5.plain(there.eTag()).equals(md5.hex())) {
      throw new PlatformException(
          FailureKind.CHECKSUM_MISMATCH,
          "part " + there.partNumber() + " of " + target + " is not what the source has now");
    }
  }

  private CompletedPart put(S3Client client, int number, long size, RequestBody body) {
    try {
      String etag =
          client
              .uploadPart(
                  r ->
                      r.bucket(target.bucket())
                          .key(target.key())
                          .uploadId(upload.uploadId())
                          .partNumber(number)
                          .contentLength(size)
                          .overrideConfiguration(o -> o.apiCallTimeout(timeFor(size))),
                  body)
              .eTag();
      return completed(number, etag);
    } catch (SdkException e) {
      throw S3Failures.of("s3:PutObject", target, e);
    }
  }

  private static Duration timeFor(long bytes) {
    return S3Clients.CALL_TIMEOUT.plusSeconds(bytes / SLOWEST_BYTES_PER_SECOND);
  }

  private static CompletedPart completed(int number, String etag) {
    return CompletedPart.builder().partNumber(number).eTag(etag).build();
  }
}
