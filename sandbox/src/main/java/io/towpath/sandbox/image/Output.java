package io.towpath.sandbox.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** What a process wrote, by lines; of a very long output only the end is kept. */
public final class Output {
  private static final int MOST_BYTES = 1 << 20;
  private static final int MOST_LINE = 16 << 10;

  /** Where a line was written. */
  public enum Channel {
    STDOUT(1),
    STDERR(2);

    /** The file descriptor. */
    public final int number;

    Channel(int number) {
      this.number = number;
    }
  }

  /**
   * One line.
   *
   * @param seq counts from 1, over both channels
   * @param bytes with the line's end, if it has one; a line of more than 16 KiB is cut into several
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Line(long seq, Instant at, Channel channel, byte[] bytes) {
    public String text() {
      return new String(bytes, StandardCharsets.UTF_8).stripTrailing();
    }
  }

  private final InstantSource clock;
  private final Deque<Line> lines = new ArrayDeque<>();
  private long kept;
  private long last;

  public Output(InstantSource clock) {
    this.clock = clock;
  }

  /** The lines after a number (exclusive), in order. */
  public synchronized List<Line> after(long seq) {
    return lines.stream().filter(line -> line.seq() > seq).toList();
  }

  /** Adds a text that no process wrote, line by line. */
  public void add(Channel channel, String text) {
    text.lines().forEach(line -> add(channel, (line + "\n").getBytes(StandardCharsets.UTF_8)));
  }

  private synchronized void add(Channel channel, byte[] bytes) {
    last++;
    lines.add(new Line(last, clock.instant(), channel, bytes));
    kept += bytes.length;
    while (kept > MOST_BYTES) {
      kept -= lines.remove().bytes().length;
    }
  }

  /** Takes all that comes until the stream ends. */
  void drain(Channel channel, InputStream stream) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    byte[] chunk = new byte[MOST_LINE];
    for (int read = stream.read(chunk); read >= 0; read = stream.read(chunk)) {
      for (int i = 0; i < read; i++) {
        line.write(chunk[i]);
        if (chunk[i] == '\n' || line.size() == MOST_LINE) {
          add(channel, line.toByteArray());
          line.reset();
        }
      }
    }
    if (line.size() > 0) {
      add(channel, line.toByteArray());
    }
  }
}
