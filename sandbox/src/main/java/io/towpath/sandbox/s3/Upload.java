package io.towpath.sandbox.s3;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A request's body on its way in, which tells a client's failure to send from S3Proxy's to take.
 * What S3Proxy does not take can still be read from the body itself: closing this leaves it open.
 */
final class Upload extends FilterInputStream {
  private boolean lost;

  Upload(InputStream body) {
    super(body);
  }

  /** Whether the client stopped in the middle. */
  boolean isLost() {
    return lost;
  }

  @Override
  public int read() throws IOException {
    try {
      return super.read();
    } catch (IOException clientGone) {
      lost = true;
      throw clientGone;
    }
  }

  @Override
  public int read(byte[] into, int from, int most) throws IOException {
    try {
      return super.read(into, from, most);
    } catch (IOException clientGone) {
      lost = true;
      throw clientGone;
    }
  }

  /** The HTTP library closes what it could not send, which would cut the client off. */
  @Override
  public void close() {}
}
