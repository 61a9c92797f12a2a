package io.towpath.activities.transfer;

import io.towpath.activities.http.PlatformException;
import io.towpath.activities.store.S3Failures;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.model.S3Uri;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** Asks S3 for the bytes of an object that the worker may read itself. */
final class ObjectStretches implements Stretches {
  private final S3Client s3;
  private final S3Uri object;
  private final AtomicReference<@Nullable String> version = new AtomicReference<>();

  ObjectStretches(S3Client s3, S3Uri object) {
    this.s3 = s3;
    this.object = object;
  }

  @Override
  public Answer ask(long first, long last) throws IOException {
    try {
      ResponseInputStream<GetObjectResponse> bytes =
          s3.getObject(
              r ->
                  r.bucket(object.bucket())
                      .key(object.key())
                      .range(last < 0 ? null : "bytes=" + first + "-" + last));
      String now = bytes.response().eTag();
      String known = version.compareAndExchange(null, now);
      return new Found(bytes, last < 0 ? 200 : 206, known == null || known.equals(now));
    } catch (SdkException e) {
      PlatformException failure = S3Failures.of("s3:GetObject", object, e);
      if (failure.kind() == FailureKind.PLATFORM_UNAVAILABLE) {
        throw new IOException("S3 gives no answer");
      }
      throw failure;
    }
  }

  /** All answers are of the first one's ETag, or the file was changed meanwhile. */
  private record Found(ResponseInputStream<GetObjectResponse> bytes, int status, boolean unchanged)
      implements Answer {
    @Override
    public long length() {
      return bytes.response().contentLength();
    }

    @Override
    public String range() {
      return Optional.ofNullable(bytes.response().contentRange()).orElse("");
    }

    /** A stretch that was read to its end leaves its connection to the next one. */
    @Override
    public void close() {
      try {
        bytes.close();
      } catch (IOException e) {
        bytes.abort();
      }
    }
  }
}
