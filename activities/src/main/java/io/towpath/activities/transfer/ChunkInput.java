package io.towpath.activities.transfer;

import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The bytes of several chunks as one stream, holding one chunk at a time. */
final class ChunkInput extends InputStream {
  private final ChunkStream chunks;
  private long left;
  private ChunkStream.@Nullable Chunk chunk;
  private int at;

  /**
   * @param left bytes that the stream has; whole chunks, or all that the file has left
   */
  ChunkInput(ChunkStream chunks, long left) {
    this.chunks = chunks;
    this.left = left;
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) {
    if (length == 0) {
      return 0;
    }
    if (left == 0) {
      return -1;
    }
    ChunkStream.Chunk current = chunk;
    if (current == null) {
      current = chunks.next();
      chunk = current;
      at = 0;
    }
    int count = Math.min(length, current.length() - at);
    System.arraycopy(current.buffer().bytes(), at, into, offset, count);
    at += count;
    left -= count;
    if (at == current.length()) {
      close();
    }
    return count;
  }

  @Override
  public void close() {
    if (chunk != null) {
      chunk.buffer().close();
      chunk = null;
    }
  }
}
