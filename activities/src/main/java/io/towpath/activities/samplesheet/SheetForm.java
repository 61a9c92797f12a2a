package io.towpath.activities.samplesheet;

import java.util.Locale;
import java.util.Optional;

/**
 * How a sheet is written.
 *
 * @param start offset of the first cell, behind a BOM
 * @param delimiter what parts its cells
 * @param unreadable why the bytes are no sheet at all; empty normally
 */
record SheetForm(int start, char delimiter, Optional<String> unreadable) {
  boolean readable() {
    return unreadable.isEmpty();
  }

  static SheetForm of(byte[] bytes, String name, String format) {
    int start = start(bytes);
    return new SheetForm(start, delimiter(bytes, start, name, format), unreadable(bytes));
  }

  /** Where the text begins: behind a byte order mark. */
  static int start(byte[] bytes) {
    return startsWith(bytes, 0xEF, 0xBB, 0xBF) ? 3 : 0;
  }

  private static char delimiter(byte[] bytes, int start, String name, String format) {
    return switch (format.toLowerCase(Locale.ROOT)) {
      case "csv" -> ',';
      case "tsv" -> '\t';
      default -> sniffed(bytes, start, name.toLowerCase(Locale.ROOT));
    };
  }

  /**
   * What parts the header's names most often, outside of quotes, which open at the begin of a name
   * only; the file's extension decides between equals.
   */
  private static char sniffed(byte[] bytes, int start, String name) {
    int[] counts = new int[128];
    boolean quoted = false;
    boolean mayOpen = true;
    for (int i = start; i < bytes.length; i++) {
      byte b = bytes[i];
      if (!quoted && (b == '\n' || b == '\r')) {
        break;
      }
      if (b == '"' && (quoted || mayOpen)) {
        quoted = !quoted;
        mayOpen = true;
      } else if (!quoted) {
        counts[Math.max(b, 0)]++;
        mayOpen = b == ',' || b == ';' || b == '\t';
      }
    }
    boolean tabbed = name.endsWith(".tsv") || name.endsWith(".tab");
    if (name.endsWith(".csv") && counts[','] > 0) {
      return ',';
    }
    if (counts['\t'] > 0 && (tabbed || counts['\t'] >= counts[','])) {
      return '\t';
    }
    if (counts[';'] > counts[',']) {
      return ';';
    }
    return tabbed && counts[','] == 0 ? '\t' : ',';
  }

  /** Why the bytes are no text at all; empty normally. */
  static Optional<String> unreadable(byte[] bytes) {
    if (startsWith(bytes, 'P', 'K', 3, 4)) {
      return Optional.of("it is a spreadsheet or a zip file; save it as CSV or TSV");
    }
    if (startsWith(bytes, 0x1F, 0x8B)) {
      return Optional.of("it is compressed; store it as plain CSV or TSV");
    }
    if (startsWith(bytes, 0xFE, 0xFF) || startsWith(bytes, 0xFF, 0xFE)) {
      return Optional.of("it is UTF-16 text; save it as UTF-8");
    }
    for (byte b : bytes) {
      if (b == 0) {
        return Optional.of("it holds binary data; expected CSV or TSV text in UTF-8");
      }
    }
    return Optional.empty();
  }

  private static boolean startsWith(byte[] bytes, int... magic) {
    if (bytes.length < magic.length) {
      return false;
    }
    for (int i = 0; i < magic.length; i++) {
      if ((bytes[i] & 0xFF) != magic[i]) {
        return false;
      }
    }
    return true;
  }
}
