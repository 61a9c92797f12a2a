package io.towpath.activities.store;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.towpath.workflows.model.S3Uri;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.function.Consumer;

/**
 * A table that is written to S3 while it is made, with one part in memory. It is there as a whole
 * or not at all, and no upload stays open. The same rows make the same object again.
 */
public final class StreamedCsv {
  private static final String TYPE = "text/csv";

  private final CsvWriter csv;

  private StreamedCsv(CsvWriter csv) {
    this.csv = csv;
  }

  /** What was written; digests in lower-case hex. */
  public record Written(String md5, String sha256, long sizeBytes) {}

  /**
   * Writes a table.
   *
   * @param rows adds the rows
   */
  public static Written write(S3Documents documents, S3Uri target, Consumer<StreamedCsv> rows) {
    MessageDigest md5 = Digests.begin("MD5");
    try (S3Upload upload = documents.upload(target, TYPE);
        CsvWriter csv =
            CsvWriter.builder()
                .lineDelimiter(LineDelimiter.LF)
                .build(
                    new OutputStreamWriter(
                        new DigestOutputStream(upload, md5), StandardCharsets.UTF_8))) {
      rows.accept(new StreamedCsv(csv));
      csv.flush();
      String sha256 = upload.complete();
      return new Written(Digests.hex(md5.digest()), sha256, upload.sizeBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("a row cannot be written as CSV", e);
    }
  }

  /**
   * The text as a cell that no spreadsheet takes for a formula: behind an apostrophe, which people
   * do not see there, where it begins with one of {@code = + - @} or a tab.
   */
  public static String text(String value) {
    return !value.isEmpty() && "=+-@\t\r".indexOf(value.charAt(0)) >= 0 ? "'" + value : value;
  }

  /** Adds a line of CSV. */
  public void appendRow(String... cells) {
    csv.writeRecord(cells);
  }
}
