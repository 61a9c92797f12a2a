package io.towpath.sandbox.container;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Optional;

/** A body whose pieces come one by one, each when it is there. */
final class LaterStream extends InputStream {
  /** Waits for the next piece; empty at the end. */
  interface Source {
    Optional<byte[]> next() throws InterruptedException;
  }

  private final Source source;
  private final boolean single;
  private byte[] piece = new byte[0];
  private int at;
  private boolean over;

  /**
   * @param single whether the first piece is the last
   */
  LaterStream(Source source, boolean single) {
    this.source = source;
    this.single = single;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int from, int most) throws IOException {
    if (at == piece.length && !more()) {
      return -1;
    }
    int count = Math.min(most, piece.length - at);
    System.arraycopy(piece, at, into, from, count);
    at += count;
    return count;
  }

  private boolean more() throws IOException {
    if (over) {
      return false;
    }
    try {
      Optional<byte[]> next = source.next();
      over = single || next.isEmpty();
      piece = next.orElse(new byte[0]);
      at = 0;
      return next.isPresent();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }
}
