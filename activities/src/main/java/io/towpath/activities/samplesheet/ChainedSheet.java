package io.towpath.activities.samplesheet;

import io.towpath.activities.http.PlatformException;
import io.towpath.activities.store.S3Documents;
import io.towpath.activities.store.S3Failures;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.model.Glob;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.samplesheet.SampleSheetActivities.ChainSheet;
import io.towpath.workflows.samplesheet.SheetRules;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** What an earlier run left, read as a sheet: one of its tables, or the list of its objects. */
final class ChainedSheet {
  /** No cell of it is a reference to a file in Synapse. */
  static final SheetRules PLAIN = new SheetRules("auto", List.of());

  private static final int MOST_BYTES = 64 << 20;
  private static final int MOST_OBJECTS = 100_000;
  private static final Pattern EXPECTED = Pattern.compile("(=|>=|<=)(\\d{1,9})");

  private final S3Documents documents;
  private final S3Client s3;
  private final ChainSheet request;

  ChainedSheet(S3Documents documents, S3Client s3, ChainSheet request) {
    this.documents = documents;
    this.s3 = s3;
    this.request = request;
  }

  Sheet read() {
    return isGlob() ? listing() : table();
  }

  /** What is wrong with the number of rows; empty when nothing is. */
  Optional<String> requireExpected(long rows) {
    if (rows == 0) {
      return Optional.of("gives no row; the next run would have nothing to do");
    }
    Matcher expected = EXPECTED.matcher(request.rules().rows());
    if (!expected.matches()) {
      return Optional.empty();
    }
    long wanted = Long.parseLong(expected.group(2));
    boolean right =
        switch (expected.group(1)) {
          case ">=" -> rows >= wanted;
          case "<=" -> rows <= wanted;
          default -> rows == wanted;
        };
    return right
        ? Optional.empty()
        : Optional.of("gives " + rows + " rows, expected " + request.rules().rows());
  }

  private boolean isGlob() {
    return request.path().chars().anyMatch(c -> "*?[{\\".indexOf(c) >= 0);
  }

  private Sheet table() {
    S3Uri uri = request.base().resolve(request.path());
    byte[] bytes;
    try {
      bytes = documents.read(uri, MOST_BYTES);
    } catch (PlatformException e) {
      if (e.status() != 404) {
        throw e;
      }
      throw nothing();
    }
    return Sheet.of(withHeader(bytes), nameOf(request.path()), PLAIN);
  }

  private PlatformException nothing() {
    return new PlatformException(
        FailureKind.INPUT_REJECTED,
        request.rules().place()
            + ".from: the earlier run left no "
            + request.path()
            + " in "
            + request.base()
            + "; the next run was not launched. Correct the path");
  }

  /** A table that begins with a row gets the header that the request names. */
  private byte[] withHeader(byte[] bytes) {
    List<String> header = request.rules().header();
    if (header.isEmpty()) {
      return bytes;
    }
    String line = String.join(delimiter(), header) + "\n";
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.writeBytes(line.getBytes(StandardCharsets.UTF_8));
    whole.writeBytes(bytes);
    return whole.toByteArray();
  }

  private String delimiter() {
    return PLAIN.formOf(nameOf(request.path())).equals("csv") ? "," : "\t";
  }

  /** Pipelines write tables with tabs as {@code .txt} too. */
  private static String nameOf(String path) {
    return path.endsWith(".txt") ? path.substring(0, path.length() - 4) + ".tsv" : path;
  }

  private Sheet listing() {
    Glob glob = Glob.capturing(request.path());
    S3Uri base = request.base();
    List<String> columns = new ArrayList<>(List.of("uri", "path", "name", "size"));
    columns.addAll(glob.captures());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int[] found = {0};
    try (RowWriter rows = RowWriter.to(out, "csv", ',', columns)) {
      S3Failures.asking(
          "s3:ListBucket",
          base,
          () -> {
            for (S3Object object :
                s3.listObjectsV2Paginator(r -> r.bucket(base.bucket()).prefix(prefix()))
                    .contents()) {
              String path = object.key().substring(base.key().length());
              Optional<Map<String, String>> captured = glob.captured(path);
              if (captured.isPresent() && object.size() > 0) {
                requireFew(++found[0]);
                rows.write(row(object, path, captured.get()));
              }
            }
            return found;
          });
    }
    if (found[0] == 0) {
      throw nothing();
    }
    return Sheet.of(out.toByteArray(), "listing.csv", PLAIN);
  }

  private static void requireFew(int objects) {
    if (objects > MOST_OBJECTS) {
      throw new PlatformException(
          FailureKind.INPUT_REJECTED, "the glob finds more than " + MOST_OBJECTS + " objects");
    }
  }

  /** The part of the glob before its first sign, up to a folder. */
  private String prefix() {
    Matcher literal = Pattern.compile("[^*?\\[{\\\\]*").matcher(request.path());
    String start = literal.lookingAt() ? literal.group() : "";
    return request.base().key() + start.substring(0, start.lastIndexOf('/') + 1);
  }

  private Map<String, Object> row(S3Object object, String path, Map<String, String> captured) {
    Map<String, Object> row = new LinkedHashMap<>(captured);
    row.put("uri", S3Uri.of(request.base().bucket(), object.key()).value());
    row.put("path", path);
    row.put("name", path.substring(path.lastIndexOf('/') + 1));
    row.put("size", String.valueOf(object.size()));
    return row;
  }
}
