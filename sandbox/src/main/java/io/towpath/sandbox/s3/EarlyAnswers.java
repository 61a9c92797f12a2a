package io.towpath.sandbox.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.ResponseOutOfOrderStrategy;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;

/**
 * Lets an answer count that comes before a body was sent whole. S3Proxy refuses a bad signature or
 * a failed condition at once and closes the connection; without this its answer would be lost to a
 * broken pipe.
 */
final class EarlyAnswers implements ResponseOutOfOrderStrategy {
  @Override
  public boolean isEarlyResponseDetected(
      ClassicHttpRequest request,
      HttpClientConnection connection,
      InputStream answer,
      long sentBytes,
      long nextBytes)
      throws IOException {
    return answer.available() > 0;
  }

  /** A body that gives the strategy a look at the connection after a write failed. */
  static final class Body extends AbstractHttpEntity {
    private static final int CHUNK = 64 << 10;

    private final InputStream content;
    private final long length;

    /**
     * A body of known length, or a chunked one.
     *
     * @param length -1 when unknown
     */
    Body(InputStream content, long length) {
      super((String) null, null, length < 0);
      this.content = content;
      this.length = length;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      byte[] chunk = new byte[CHUNK];
      int read = content.read(chunk);
      while (read >= 0) {
        try {
          out.write(chunk, 0, read);
        } catch (IOException closedByPeer) {
          out.write(chunk, 0, read);
        }
        read = content.read(chunk);
      }
    }

    @Override
    public InputStream getContent() {
      return content;
    }

    @Override
    public boolean isStreaming() {
      return true;
    }

    @Override
    public long getContentLength() {
      return length;
    }

    @Override
    public boolean isRepeatable() {
      return false;
    }

    @Override
    public void close() throws IOException {
      content.close();
    }
  }
}
