package io.towpath.activities.containers.docker;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/** Takes apart the frames in which an engine mixes standard output and standard error. */
final class LogFrames {
  private static final int HEADER = 8;

  private LogFrames() {}

  /** Copies what the frames hold; the last one may be cut. */
  static void copy(byte[] frames, OutputStream out) {
    try {
      int at = 0;
      while (at + HEADER <= frames.length) {
        int length = ByteBuffer.wrap(frames, at + 4, 4).getInt();
        at += HEADER;
        int there = Math.min(length < 0 ? Integer.MAX_VALUE : length, frames.length - at);
        out.write(frames, at, there);
        at += there;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
