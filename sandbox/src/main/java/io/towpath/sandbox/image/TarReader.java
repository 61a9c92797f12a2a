package io.towpath.sandbox.image;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** Reads tar archives, plain or with gzip: ustar, and the long names of pax and GNU. */
final class TarReader {
  private final InputStream in;
  private long left;
  private long padding;

  TarReader(InputStream in) throws IOException {
    BufferedInputStream plain = new BufferedInputStream(in);
    plain.mark(2);
    boolean zipped = plain.read() == 0x1f && plain.read() == 0x8b;
    plain.reset();
    this.in = zipped ? new GZIPInputStream(plain) : plain;
  }

  /** The next entry, or empty at the end; what was not read of the one before is skipped. */
  Optional<TarEntry> next() throws IOException {
    Map<String, String> pax = new HashMap<>();
    while (true) {
      in.skipNBytes(left + padding);
      byte[] header = in.readNBytes(TarWriter.BLOCK);
      if (header.length < TarWriter.BLOCK || isZero(header)) {
        return Optional.empty();
      }
      if (!text(header, 257, 5).equals("ustar")) {
        throw new IOException("not a tar archive");
      }
      TarEntry entry = entry(header);
      begin(entry.size());
      switch (entry.type()) {
        case 'x' -> pax.putAll(records(body()));
        case 'g' -> {}
        case 'L' -> pax.put("path", cString(body()));
        case 'K' -> pax.put("linkpath", cString(body()));
        default -> {
          return Optional.of(named(entry, pax));
        }
      }
    }
  }

  /** The bytes of the current entry. */
  byte[] body() throws IOException {
    byte[] body = in.readNBytes((int) left);
    if (body.length < left) {
      throw new IOException("the archive ends in the middle of an entry");
    }
    left = 0;
    return body;
  }

  private void begin(long size) {
    left = size;
    padding = (TarWriter.BLOCK - size % TarWriter.BLOCK) % TarWriter.BLOCK;
  }

  private TarEntry named(TarEntry entry, Map<String, String> pax) {
    long size = pax.containsKey("size") ? Long.parseLong(pax.get("size")) : entry.size();
    begin(size);
    return new TarEntry(
        pax.getOrDefault("path", entry.name()),
        entry.type(),
        entry.mode(),
        size,
        entry.modified(),
        pax.getOrDefault("linkpath", entry.link()));
  }

  private static TarEntry entry(byte[] header) throws IOException {
    String prefix = text(header, 257, 6).equals("ustar ") ? "" : text(header, 345, 155);
    String name = text(header, 0, TarWriter.NAME);
    char type = header[156] == 0 ? TarEntry.FILE : (char) header[156];
    return new TarEntry(
        prefix.isEmpty() ? name : prefix + "/" + name,
        type,
        (int) number(header, 100, 8),
        number(header, 124, 12),
        Instant.ofEpochSecond(number(header, 136, 12)),
        text(header, 157, TarWriter.NAME));
  }

  private static Map<String, String> records(byte[] body) throws IOException {
    Map<String, String> records = new HashMap<>();
    int at = 0;
    while (at < body.length) {
      int space = at;
      while (space < body.length && body[space] != ' ') {
        space++;
      }
      int length = Integer.parseInt(new String(body, at, space - at, StandardCharsets.US_ASCII));
      String record = new String(body, space + 1, at + length - space - 2, StandardCharsets.UTF_8);
      int equals = record.indexOf('=');
      if (length <= 0 || equals < 0) {
        throw new IOException("a pax record is malformed");
      }
      records.put(record.substring(0, equals), record.substring(equals + 1));
      at += length;
    }
    return records;
  }

  private static String cString(byte[] body) {
    return text(body, 0, body.length);
  }

  private static String text(byte[] header, int at, int length) {
    int end = at;
    while (end < at + length && header[end] != 0) {
      end++;
    }
    return new String(header, at, end - at, StandardCharsets.UTF_8);
  }

  private static long number(byte[] header, int at, int length) throws IOException {
    String digits = text(header, at, length).strip();
    try {
      return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
    } catch (NumberFormatException e) {
      throw new IOException("a number in the archive is not octal", e);
    }
  }

  private static boolean isZero(byte[] block) {
    for (byte one : block) {
      if (one != 0) {
        return false;
      }
    }
    return true;
  }
}
