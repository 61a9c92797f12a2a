package io.towpath.activities.outside;

import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.model.FileRef;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** The bytes of one file, for all threads that read it; a URL that expired is renewed. */
public final class OutsideBytes {
  /** How stores say that a signature is over: S3 and Azure 403, Google 400. */
  private static final List<Integer> OVER = List.of(400, 401, 403);

  private final OpenInternet internet;
  private final FileRef file;
  private final Optional<Supplier<FileUrl>> urls;
  private @Nullable FileUrl url;
  private @Nullable String version;

  /**
   * @param urls gives a URL of a file whose id is none
   */
  OutsideBytes(OpenInternet internet, FileRef file, Optional<Supplier<FileUrl>> urls) {
    this.internet = internet;
    this.file = file;
    this.urls = urls;
    this.version = file.handle().equals(file.id().value()) ? null : file.handle();
  }

  /**
   * Asks once for the bytes from {@code first} to {@code last}, or for all where {@code last} is
   * negative; the caller closes the answer.
   *
   * @throws IOException when there is no answer
   */
  public Response ask(long first, long last) throws IOException {
    try {
      if (urls.isEmpty()) {
        return internet.get(file.id().value(), first, last);
      }
      FileUrl asked = url(urls.get());
      Response answer = internet.get(asked, first, last);
      if (OVER.contains(answer.code())) {
        forget(asked);
      }
      return answer;
    } catch (PlatformException e) {
      throw new PlatformException(
          e.kind(),
          file.id() + " cannot be fetched: " + e.getMessage(),
          e.status(),
          e.retryAfter(),
          e);
    }
  }

  /**
   * Whether these are bytes of the version that was looked at; of a file whose id is its version,
   * whether all are of one.
   */
  public synchronized boolean unchanged(Response answer) {
    String now = FirstByte.versionOf(answer);
    if (version == null) {
      version = now;
    }
    return now.equals(version);
  }

  private synchronized FileUrl url(Supplier<FileUrl> source) {
    if (url == null) {
      url = source.get();
    }
    return url;
  }

  private synchronized void forget(FileUrl refused) {
    if (url == refused) {
      url = null;
    }
  }
}
