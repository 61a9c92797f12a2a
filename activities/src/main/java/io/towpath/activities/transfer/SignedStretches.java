package io.towpath.activities.transfer;

import io.towpath.workflows.model.FileRef;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.util.Optional;

/**
 * Asks for bytes over signed URLs; one that expired is renewed. Bytes do not go through OkHttp,
 * which costs three times the CPU.
 */
final class SignedStretches implements Stretches {
  private static final int CONNECT_MILLIS = 10_000;
  private static final int READ_MILLIS = 30_000;

  private final UrlPool urls;
  private final FileRef file;

  SignedStretches(UrlPool urls, FileRef file) {
    this.urls = urls;
    this.file = file;
  }

  @Override
  public Answer ask(long first, long last) throws IOException {
    SourceUrl url = urls.urlOf(file);
    HttpURLConnection connection = (HttpURLConnection) url.reveal().openConnection();
    connection.setInstanceFollowRedirects(false);
    connection.setUseCaches(false);
    connection.setConnectTimeout(CONNECT_MILLIS);
    connection.setReadTimeout(READ_MILLIS);
    if (last >= 0) {
      connection.setRequestProperty("Range", "bytes=" + first + "-" + last);
    }
    int status = connection.getResponseCode();
    if (status == 403) {
      urls.refused(file, url);
    }
    return new Signed(connection, status);
  }

  /** A signed URL is for one version, so nothing can have changed behind it. */
  private record Signed(HttpURLConnection connection, int status) implements Answer {
    @Override
    public long length() {
      return connection.getContentLengthLong();
    }

    @Override
    public String range() {
      return Optional.ofNullable(connection.getHeaderField("Content-Range")).orElse("");
    }

    @Override
    public boolean unchanged() {
      return true;
    }

    @Override
    public InputStream bytes() throws IOException {
      return connection.getInputStream();
    }

    /** A stretch that was read to its end leaves its connection to the next one. */
    @Override
    public void close() {
      try {
        connection.getInputStream().close();
      } catch (IOException e) {
        connection.disconnect();
      }
    }
  }
}
