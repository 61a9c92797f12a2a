package io.towpath.activities.transfer;

import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.model.FileRef;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.util.Optional;

/**
 * Reads stretches of one file over signed URLs. A stretch that breaks off is asked for again from
 * where it broke, and an expired URL is renewed, as long as bytes come.
 *
 * <p>Bytes do not go through OkHttp, which costs three times the CPU. No failure carries an {@code
 * IOException}, because theirs may spell out the URL.
 */
final class SourceReader {
  private static final int CONNECT_MILLIS = 10_000;
  private static final int READ_MILLIS = 30_000;
  private static final int MOST_AT_ONCE = 128 << 10;
  private static final int VAIN_TRIES = 3;

  private final UrlPool urls;
  private final FileRef file;

  SourceReader(UrlPool urls, FileRef file) {
    this.urls = urls;
    this.file = file;
  }

  /** Fills {@code into} with the {@code length} bytes of the file from {@code from} on. */
  void read(long from, byte[] into, int length) {
    int at = 0;
    int vain = 0;
    while (at < length) {
      int reached = stretch(from, into, at, length, vain);
      vain = reached > at ? 0 : vain + 1;
      at = reached;
      if (vain > VAIN_TRIES) {
        throw failure(FailureKind.PLATFORM_UNAVAILABLE, "sends nothing", 0);
      }
    }
  }

  /** Asks once; answers how far it came. */
  private int stretch(long from, byte[] into, int at, int length, int vain) {
    Stopped.check();
    SourceUrl url = urls.urlOf(file);
    try {
      HttpURLConnection connection = open(url, from + at, from + length - 1);
      int status = connection.getResponseCode();
      if (status == 200 || status == 206) {
        checkRange(connection, status, from + at, from + length - 1);
        return fill(connection, into, at, length);
      }
      connection.disconnect();
      refused(url, status, vain);
      return at;
    } catch (IOException e) {
      if (vain >= VAIN_TRIES) {
        throw failure(
            FailureKind.PLATFORM_UNAVAILABLE, "breaks off: " + e.getClass().getSimpleName(), 0);
      }
      return at;
    }
  }

  private HttpURLConnection open(SourceUrl url, long first, long last) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) url.reveal().openConnection();
    connection.setInstanceFollowRedirects(false);
    connection.setUseCaches(false);
    connection.setConnectTimeout(CONNECT_MILLIS);
    connection.setReadTimeout(READ_MILLIS);
    if (first > 0 || last < file.sizeBytes() - 1) {
      connection.setRequestProperty("Range", "bytes=" + first + "-" + last);
    }
    return connection;
  }

  private void checkRange(HttpURLConnection connection, int status, long first, long last) {
    boolean whole = first == 0 && last == file.sizeBytes() - 1;
    long length = connection.getContentLengthLong();
    if (status == 200 && whole) {
      if (length >= 0 && length != file.sizeBytes()) {
        connection.disconnect();
        throw failure(
            FailureKind.CHECKSUM_MISMATCH,
            "has " + length + " bytes where " + file.sizeBytes() + " are stated",
            status);
      }
      return;
    }
    String range = Optional.ofNullable(connection.getHeaderField("Content-Range")).orElse("");
    String wanted = "bytes " + first + "-" + last + "/";
    if (status != 206 || !(range.equals(wanted + file.sizeBytes()) || range.equals(wanted + "*"))) {
      connection.disconnect();
      throw failure(
          FailureKind.PLATFORM_UNAVAILABLE,
          "answers \"" + range + "\" where " + wanted + file.sizeBytes() + " was asked for",
          status);
    }
  }

  private static int fill(HttpURLConnection connection, byte[] into, int from, int length)
      throws IOException {
    int at = from;
    try (InputStream in = connection.getInputStream()) {
      while (at < length) {
        Stopped.check();
        int read = in.read(into, at, Math.min(MOST_AT_ONCE, length - at));
        if (read < 0) {
          return at;
        }
        at += read;
      }
    } catch (IOException e) {
      connection.disconnect();
      if (at == from) {
        throw e;
      }
    }
    return at;
  }

  private void refused(SourceUrl url, int status, int vain) {
    if (status == 403) {
      urls.refused(file, url);
    }
    if (status == 404 || status == 410) {
      throw failure(FailureKind.INPUT_REJECTED, "is gone", status);
    }
    if (vain >= VAIN_TRIES) {
      throw failure(
          status == 403 ? FailureKind.ACCESS_DENIED : FailureKind.PLATFORM_UNAVAILABLE,
          "refuses the download",
          status);
    }
  }

  private PlatformException failure(FailureKind kind, String what, int status) {
    return new PlatformException(
        kind,
        "the source of "
            + file.id()
            + " (\""
            + file.name()
            + "\") "
            + what
            + (status == 0 ? "" : " (HTTP " + status + ")"),
        status,
        Optional.empty(),
        null);
  }
}
