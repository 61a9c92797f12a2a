package io.towpath.activities.containers;

import io.towpath.activities.config.KnownSecrets;
import io.towpath.activities.http.PlatformException;
import io.towpath.activities.http.Redaction;
import io.towpath.activities.store.S3Documents;
import io.towpath.activities.store.S3Upload;
import io.towpath.workflows.model.S3Uri;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Stores what a container wrote, and keeps the last lines. */
final class ContainerLog {
  /** More than that is a mistake of the program; its end is kept as the tail. */
  private static final int MOST_STORED = 64 << 20;

  private static final int MOST_LINES = 20;
  private static final int MOST_TAIL = 1_500;

  private final S3Documents documents;
  private final KnownSecrets secrets;

  /**
   * @param secrets are in nothing that is kept
   */
  ContainerLog(S3Documents documents, KnownSecrets secrets) {
    this.documents = documents;
    this.secrets = secrets;
  }

  /**
   * @param place empty when it wrote nothing, or its log is gone
   * @param tail the last lines, without what looks like a credential
   */
  record Stored(Optional<S3Uri> place, String tail) {}

  Stored store(ContainerRuns runs, ContainerState ended, S3Uri where) {
    try (S3Upload upload = documents.upload(where, "text/plain; charset=utf-8")) {
      Tee tee = new Tee(upload);
      try (MaskedStream masked = new MaskedStream(tee, secrets)) {
        runs.logs(ended, masked);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      if (tee.written == 0) {
        return new Stored(Optional.empty(), "");
      }
      upload.complete();
      return new Stored(Optional.of(where), tee.tail());
    }
  }

  /** The end counts, even where its log cannot be read. */
  static Stored missing(PlatformException e) {
    return new Stored(Optional.empty(), "(no log: " + e.getMessage() + ")");
  }

  private static final class Tee extends OutputStream {
    private final S3Upload upload;
    private final byte[] last = new byte[4 * MOST_TAIL];
    private long written;

    Tee(S3Upload upload) {
      this.upload = upload;
    }

    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
      int stored = (int) Math.max(0, Math.min(length, MOST_STORED - written));
      upload.write(bytes, from, stored);
      int kept = Math.min(length, last.length);
      System.arraycopy(last, kept, last, 0, last.length - kept);
      System.arraycopy(bytes, from + length - kept, last, last.length - kept, kept);
      written += length;
    }

    String tail() {
      int kept = (int) Math.min(written, last.length);
      String text =
          new String(
              Arrays.copyOfRange(last, last.length - kept, last.length), StandardCharsets.UTF_8);
      List<String> lines = text.strip().lines().toList();
      List<String> end = lines.subList(Math.max(0, lines.size() - MOST_LINES), lines.size());
      String shown = Redaction.of(String.join("\n", end));
      return shown.length() <= MOST_TAIL
          ? shown
          : "…" + shown.substring(shown.length() - MOST_TAIL + 1);
    }
  }
}
