package io.towpath.activities.store;

import io.towpath.workflows.model.S3Uri;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * One object written as it comes, with one part in memory. It is there as a whole once it is
 * completed, or not at all, and no upload stays open behind one that was closed. Writing the same
 * bytes again changes nothing.
 */
public final class S3Upload extends OutputStream {
  /** The least that S3 takes for a part that is not the last. */
  private static final int PART_BYTES = 5 << 20;

  private static final int FIRST_BYTES = 64 << 10;

  private final S3Client s3;
  private final S3Uri target;
  private final String contentType;
  private final MessageDigest digest = Digests.begin("SHA-256");
  private final List<CompletedPart> parts = new ArrayList<>();
  private byte[] buffer = new byte[FIRST_BYTES];
  private int filled;
  private long sizeBytes;
  private String uploadId = "";

  S3Upload(S3Client s3, S3Uri target, String contentType) {
    this.s3 = s3;
    this.target = target;
    this.contentType = contentType;
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) {
    digest.update(bytes, from, length);
    sizeBytes += length;
    int at = from;
    while (at < from + length) {
      if (filled == buffer.length) {
        makeRoom();
      }
      int taken = Math.min(from + length - at, buffer.length - filled);
      System.arraycopy(bytes, at, buffer, filled, taken);
      filled += taken;
      at += taken;
    }
  }

  /** Makes it visible; returns the hex SHA-256 of its bytes. */
  public String complete() {
    S3Failures.asking(
        "s3:PutObject", target, () -> uploadId.isEmpty() ? putWhole() : completeParts());
    uploadId = "";
    return Digests.hex(digest.digest());
  }

  /** Bytes written so far. */
  long sizeBytes() {
    return sizeBytes;
  }

  /** Leaves nothing behind of what was not completed. */
  @Override
  public void close() {
    if (!uploadId.isEmpty()) {
      try {
        s3.abortMultipartUpload(
            r -> r.bucket(target.bucket()).key(target.key()).uploadId(uploadId));
      } catch (SdkException e) {
        uploadId = ""; // a lifecycle rule of the bucket ends it
      }
    }
  }

  private void makeRoom() {
    if (buffer.length < PART_BYTES) {
      buffer = Arrays.copyOf(buffer, Math.min(PART_BYTES, buffer.length * 4));
    } else {
      sendPart();
    }
  }

  private void sendPart() {
    S3Failures.asking(
        "s3:PutObject",
        target,
        () -> {
          if (uploadId.isEmpty()) {
            uploadId =
                s3.createMultipartUpload(
                        r -> r.bucket(target.bucket()).key(target.key()).contentType(contentType))
                    .uploadId();
          }
          int number = parts.size() + 1;
          String etag =
              s3.uploadPart(
                      r ->
                          r.bucket(target.bucket())
                              .key(target.key())
                              .uploadId(uploadId)
                              .partNumber(number),
                      body())
                  .eTag();
          return parts.add(CompletedPart.builder().partNumber(number).eTag(etag).build());
        });
    filled = 0;
  }

  private Object putWhole() {
    return s3.putObject(
        r -> r.bucket(target.bucket()).key(target.key()).contentType(contentType), body());
  }

  private Object completeParts() {
    if (filled > 0) {
      sendPart();
    }
    return s3.completeMultipartUpload(
        r ->
            r.bucket(target.bucket())
                .key(target.key())
                .uploadId(uploadId)
                .multipartUpload(m -> m.parts(parts)));
  }

  private RequestBody body() {
    int length = filled;
    return RequestBody.fromContentProvider(
        () -> new ByteArrayInputStream(buffer, 0, length), length, contentType);
  }
}
