package io.towpath.activities.containers;

import io.towpath.activities.config.KnownSecrets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Passes on what is written, line by line, without the secrets that are known. */
final class MaskedStream extends OutputStream {
  /** What has no line end is passed on in pieces. */
  private static final int LONGEST_LINE = 64 << 10;

  private final OutputStream masked;
  private final KnownSecrets secrets;
  private final int overlap;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  MaskedStream(OutputStream masked, KnownSecrets secrets) {
    this.masked = masked;
    this.secrets = secrets;
    this.overlap = Math.max(0, secrets.longest() - 1);
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    int begin = from;
    for (int at = from; at < from + length; at++) {
      if (bytes[at] == '\n') {
        line.write(bytes, begin, at + 1 - begin);
        begin = at + 1;
        pass(0);
      }
    }
    line.write(bytes, begin, from + length - begin);
    if (line.size() > LONGEST_LINE + overlap) {
      pass(overlap);
    }
  }

  /**
   * Passes on all but the last bytes, among which a secret may begin; bytes that are no text stay
   * as they are.
   */
  private void pass(int kept) throws IOException {
    byte[] raw = line.toByteArray();
    String text = new String(raw, StandardCharsets.UTF_8);
    String shown = secrets.masked(text);
    byte[] ready = shown.equals(text) ? raw : shown.getBytes(StandardCharsets.UTF_8);
    int end = Math.max(0, ready.length - kept);
    masked.write(ready, 0, end);
    line.reset();
    line.write(ready, end, ready.length - end);
  }

  /** Passes on the last line, which may have no end. */
  @Override
  public void close() throws IOException {
    pass(0);
  }
}
