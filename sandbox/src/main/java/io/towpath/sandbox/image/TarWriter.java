package io.towpath.sandbox.image;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Writes tar archives in the ustar form; names that do not fit go into pax records. */
final class TarWriter {
  static final int BLOCK = 512;
  static final int NAME = 100;

  private final OutputStream out;

  TarWriter(OutputStream out) {
    this.out = out;
  }

  void add(TarEntry entry, byte[] content) throws IOException {
    add(entry, new ByteArrayInputStream(content));
  }

  /** Adds an entry; of the content exactly as many bytes are taken as the entry tells. */
  void add(TarEntry entry, InputStream content) throws IOException {
    byte[] name = entry.name().getBytes(StandardCharsets.UTF_8);
    if (name.length > NAME) {
      byte[] record = pax("path", entry.name());
      write(new TarEntry("pax", 'x', 0644, record.length, entry.modified(), ""), record);
    }
    header(entry);
    long left = entry.size();
    byte[] chunk = new byte[64 << 10];
    while (left > 0) {
      int read = content.read(chunk, 0, (int) Math.min(left, chunk.length));
      if (read < 0) {
        throw new IOException(entry.name() + " became shorter while it was packed");
      }
      out.write(chunk, 0, read);
      left -= read;
    }
    pad(entry.size());
  }

  /** Ends the archive; the stream stays open. */
  void end() throws IOException {
    out.write(new byte[2 * BLOCK]);
    out.flush();
  }

  private void write(TarEntry entry, byte[] content) throws IOException {
    header(entry);
    out.write(content);
    pad(content.length);
  }

  /** {@code LENGTH key=value\n}, where LENGTH counts itself. */
  private static byte[] pax(String key, String value) {
    String rest = " " + key + "=" + value + "\n";
    int length = rest.getBytes(StandardCharsets.UTF_8).length;
    int whole = length + 1;
    while (length + String.valueOf(whole).length() != whole) {
      whole++;
    }
    return (whole + rest).getBytes(StandardCharsets.UTF_8);
  }

  private void header(TarEntry entry) throws IOException {
    byte[] header = new byte[BLOCK];
    text(header, 0, NAME, entry.name());
    octal(header, 100, 8, entry.mode());
    octal(header, 108, 8, 0);
    octal(header, 116, 8, 0);
    octal(header, 124, 12, entry.size());
    octal(header, 136, 12, Math.max(0, entry.modified().getEpochSecond()));
    text(header, 148, 8, "        ");
    header[156] = (byte) entry.type();
    text(header, 157, NAME, entry.link());
    text(header, 257, 8, "ustar\00000");
    long sum = 0;
    for (byte one : header) {
      sum += one & 0xff;
    }
    octal(header, 148, 7, sum);
    out.write(header);
  }

  private static void octal(byte[] header, int at, int length, long value) {
    String digits = Long.toOctalString(value);
    text(header, at, length - 1, "0".repeat(Math.max(0, length - 1 - digits.length())) + digits);
    header[at + length - 1] = 0;
  }

  private static void text(byte[] header, int at, int length, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    System.arraycopy(bytes, 0, header, at, Math.min(bytes.length, length));
  }

  private void pad(long size) throws IOException {
    int over = (int) (size % BLOCK);
    if (over > 0) {
      out.write(new byte[BLOCK - over]);
    }
  }
}
