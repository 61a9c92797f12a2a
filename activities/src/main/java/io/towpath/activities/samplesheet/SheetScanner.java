package io.towpath.activities.samplesheet;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Walks over the cells of a sheet byte by byte, so that every cell's exact place is known. Rows end
 * at CRLF, LF or CR; only a cell that begins with a quote is a quoted one (RFC 4180). Blank lines
 * are passed over. All structure is ASCII, so UTF-8 needs no decoding here.
 */
final class SheetScanner {
  /** What is wrong with how a cell is written. */
  enum Fault {
    NONE,
    UNCLOSED_QUOTE,
    TEXT_AFTER_QUOTE
  }

  private final byte[] bytes;
  private final byte delimiter;
  private int next;
  private int nextLine = 1;
  private boolean rowEnded = true;
  private boolean moreInRow;

  private int begin;
  private int end;
  private int line;
  private int column = -1;
  private Fault fault = Fault.NONE;

  SheetScanner(byte[] bytes, int from, char delimiter) {
    this.bytes = bytes;
    this.next = from;
    this.delimiter = (byte) delimiter;
  }

  /** Goes to the next cell; false when there is none. */
  boolean next() {
    do {
      if (next >= bytes.length && !moreInRow) {
        return false;
      }
      readCell();
    } while (column == 0 && rowEnded && blank());
    return true;
  }

  /** Whether the cell is the last one of its row. */
  boolean endsRow() {
    return rowEnded;
  }

  int begin() {
    return begin;
  }

  int end() {
    return end;
  }

  int line() {
    return line;
  }

  /** Index of the cell in its row, from 0. */
  int column() {
    return column;
  }

  boolean quoted() {
    return begin < end && bytes[begin] == '"';
  }

  Fault fault() {
    return fault;
  }

  /** The cell's value. */
  String text() {
    if (!quoted()) {
      return new String(bytes, begin, end - begin, StandardCharsets.UTF_8);
    }
    ByteArrayOutputStream value = new ByteArrayOutputStream(end - begin);
    int last = fault == Fault.NONE ? end - 1 : end;
    for (int i = begin + 1; i < last; i++) {
      value.write(bytes[i]);
      if (bytes[i] == '"' && i + 1 < last && bytes[i + 1] == '"') {
        i++;
      }
    }
    return value.toString(StandardCharsets.UTF_8);
  }

  private void readCell() {
    column = rowEnded ? 0 : column + 1;
    begin = next;
    line = nextLine;
    fault = Fault.NONE;
    int at = next;
    if (at < bytes.length && bytes[at] == '"') {
      at = afterQuotes(at + 1);
    }
    int afterQuotes = at;
    while (at < bytes.length && bytes[at] != delimiter && !lineEnd(bytes[at])) {
      at++;
    }
    if (at > afterQuotes && afterQuotes > begin) {
      fault = Fault.TEXT_AFTER_QUOTE;
    }
    end = at;
    endCell(at);
  }

  private void endCell(int at) {
    moreInRow = at < bytes.length && bytes[at] == delimiter;
    rowEnded = !moreInRow;
    if (moreInRow) {
      next = at + 1;
    } else if (at < bytes.length) {
      boolean crlf = bytes[at] == '\r' && at + 1 < bytes.length && bytes[at + 1] == '\n';
      next = at + (crlf ? 2 : 1);
      nextLine++;
    } else {
      next = at;
    }
  }

  /** The offset behind the closing quote; the end of the sheet when there is none. */
  private int afterQuotes(int from) {
    int at = from;
    while (at < bytes.length) {
      if (bytes[at] == '"') {
        if (at + 1 >= bytes.length || bytes[at + 1] != '"') {
          return at + 1;
        }
        at++;
      } else if (bytes[at] == '\n' || (bytes[at] == '\r' && !followedByLineFeed(at))) {
        nextLine++;
      }
      at++;
    }
    fault = Fault.UNCLOSED_QUOTE;
    return at;
  }

  private boolean followedByLineFeed(int at) {
    return at + 1 < bytes.length && bytes[at + 1] == '\n';
  }

  private boolean blank() {
    for (int i = begin; i < end; i++) {
      if (bytes[i] != ' ' && bytes[i] != '\t') {
        return false;
      }
    }
    return true;
  }

  private static boolean lineEnd(byte b) {
    return b == '\n' || b == '\r';
  }
}
