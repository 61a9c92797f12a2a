package io.towpath.activities.synapse;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.towpath.activities.http.PlatformException;
import io.towpath.activities.store.S3Clients;
import io.towpath.activities.store.S3Documents;
import io.towpath.activities.store.S3Failures;
import io.towpath.workflows.model.S3Uri;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tables among the outputs, CSV or TSV, each read once from S3. */
final class AnnotationTables {
  /** MultiQC's general statistics of 10,000 samples have some 3 MiB. */
  private static final long MOST_BYTES = 16L << 20;

  private final S3Clients s3;
  private final S3Documents documents;
  private final List<S3Uri> from;
  private final Map<String, Rows> read = new HashMap<>();

  /** A table as text. */
  record Rows(List<String> header, List<List<String>> rows) {}

  /** There is no such table, or it is none. */
  static final class Unusable extends Exception {
    private static final long serialVersionUID = 1;

    Unusable(String message) {
      super(message);
    }
  }

  /**
   * @param from prefixes that tables are looked for below; the first that has one counts
   */
  AnnotationTables(S3Clients s3, S3Documents documents, List<S3Uri> from) {
    this.s3 = s3;
    this.documents = documents;
    this.from = from;
  }

  Rows get(String file) throws Unusable {
    Rows known = read.get(file);
    if (known == null) {
      known = parsed(file, new String(bytes(file), StandardCharsets.UTF_8));
      read.put(file, known);
    }
    return known;
  }

  private byte[] bytes(String file) throws Unusable {
    for (S3Uri prefix : from) {
      S3Uri uri = prefix.resolve(file);
      Optional<Long> size = size(uri);
      if (size.isPresent()) {
        if (size.get() > MOST_BYTES) {
          throw new Unusable(uri + " has " + size.get() + " bytes; at most " + MOST_BYTES);
        }
        return documents.read(uri);
      }
    }
    throw new Unusable("there is no " + file + " below " + Listing.of(texts(from), " or "));
  }

  private Optional<Long> size(S3Uri uri) {
    try {
      return Optional.of(
          S3Failures.asking(
                  "s3:GetObject",
                  uri,
                  () -> s3.repeating().headObject(r -> r.bucket(uri.bucket()).key(uri.key())))
              .contentLength());
    } catch (PlatformException e) {
      if (e.status() == 404) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static Rows parsed(String file, String text) throws Unusable {
    String plain = text.startsWith("\uFEFF") ? text.substring(1) : text;
    int end = plain.indexOf('\n');
    String first = end < 0 ? plain : plain.substring(0, end);
    char separator = first.indexOf('\t') >= 0 ? '\t' : ',';
    List<List<String>> rows = new ArrayList<>();
    try (CsvReader<CsvRecord> csv =
        CsvReader.builder()
            .fieldSeparator(separator)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .skipEmptyLines(true)
            .ofCsvRecord(plain)) {
      csv.forEach(row -> rows.add(row.getFields()));
    } catch (CsvParseException e) {
      throw new Unusable(file + " is neither CSV nor TSV");
    } catch (IOException e) {
      throw new UncheckedIOException("a text in memory cannot be read", e);
    }
    if (rows.isEmpty()) {
      throw new Unusable(file + " has no header");
    }
    return new Rows(rows.get(0), rows.subList(1, rows.size()));
  }

  private static List<String> texts(List<S3Uri> uris) {
    return uris.stream().map(S3Uri::value).toList();
  }
}
