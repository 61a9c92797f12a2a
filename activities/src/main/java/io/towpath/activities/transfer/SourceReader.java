package io.towpath.activities.transfer;

import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.model.FileRef;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Reads stretches of one file. A stretch that breaks off is asked for again from where it broke, as
 * long as bytes come. No failure carries an {@code IOException}, because theirs may spell out a
 * signed URL.
 */
final class SourceReader {
  private static final int MOST_AT_ONCE = 128 << 10;
  private static final int VAIN_TRIES = 3;

  private final Stretches source;
  private final FileRef file;

  SourceReader(Stretches source, FileRef file) {
    this.source = source;
    this.file = file;
  }

  /** Fills {@code into} with the {@code length} bytes of the file from {@code from} on. */
  void read(long from, byte[] into, int length) {
    int at = 0;
    int vain = 0;
    while (at < length) {
      int reached = stretch(from, into, at, length, vain);
      vain = reached > at ? 0 : vain + 1;
      at = reached;
      if (vain > VAIN_TRIES) {
        throw failure(FailureKind.PLATFORM_UNAVAILABLE, "sends nothing", 0);
      }
    }
  }

  /** Asks once; answers how far it came. */
  private int stretch(long from, byte[] into, int at, int length, int vain) {
    Stopped.check();
    long first = from + at;
    long last = from + length - 1;
    boolean whole = first == 0 && last == file.sizeBytes() - 1;
    try (Stretches.Answer answer = source.ask(first, whole ? -1 : last)) {
      if (answer.status() == 200 || answer.status() == 206) {
        checkRange(answer, first, last, whole);
        return fill(answer.bytes(), into, at, length);
      }
      refused(answer.status(), vain);
      return at;
    } catch (IOException e) {
      if (vain >= VAIN_TRIES) {
        throw failure(
            FailureKind.PLATFORM_UNAVAILABLE, "breaks off: " + e.getClass().getSimpleName(), 0);
      }
      return at;
    }
  }

  private void checkRange(Stretches.Answer answer, long first, long last, boolean whole) {
    if (!answer.unchanged()) {
      throw failure(
          FailureKind.INPUT_REJECTED,
          "is another version now than when it was looked at; start again",
          answer.status());
    }
    if (answer.status() == 200 && whole) {
      if (answer.length() >= 0 && answer.length() != file.sizeBytes()) {
        throw failure(
            FailureKind.CHECKSUM_MISMATCH,
            "has " + answer.length() + " bytes where " + file.sizeBytes() + " are stated",
            answer.status());
      }
      return;
    }
    String wanted = "bytes " + first + "-" + last + "/";
    boolean right =
        answer.range().equals(wanted + file.sizeBytes()) || answer.range().equals(wanted + "*");
    if (answer.status() != 206 || !right) {
      throw failure(
          FailureKind.PLATFORM_UNAVAILABLE,
          "answers \""
              + answer.range()
              + "\" where "
              + wanted
              + file.sizeBytes()
              + " was asked for",
          answer.status());
    }
  }

  private static int fill(InputStream in, byte[] into, int from, int length) throws IOException {
    int at = from;
    try {
      while (at < length) {
        Stopped.check();
        int read = in.read(into, at, Math.min(MOST_AT_ONCE, length - at));
        if (read < 0) {
          return at;
        }
        at += read;
      }
    } catch (IOException e) {
      if (at == from) {
        throw e;
      }
    }
    return at;
  }

  private void refused(int status, int vain) {
    if (status == 404 || status == 410) {
      throw failure(FailureKind.INPUT_REJECTED, "is gone", status);
    }
    if (vain >= VAIN_TRIES) {
      throw failure(
          status == 403 ? FailureKind.ACCESS_DENIED : FailureKind.PLATFORM_UNAVAILABLE,
          "refuses the download",
          status);
    }
  }

  private PlatformException failure(FailureKind kind, String what, int status) {
    return new PlatformException(
        kind,
        "the source of "
            + file.id()
            + " (\""
            + file.name()
            + "\") "
            + what
            + (status == 0 ? "" : " (HTTP " + status + ")"),
        status,
        Optional.empty(),
        null);
  }
}
