package io.towpath.activities.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.model.ManifestRef;
import io.towpath.workflows.model.S3Uri;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * Small documents and pages of JSON lines in S3. Writing the same thing again overwrites it with
 * the same bytes, so every method is safe to repeat. What has a digest is compared with it when it
 * is read back: {@code CHECKSUM_MISMATCH} says that something else wrote there. An empty digest is
 * none: what is rewritten while a run goes on is not compared.
 */
public final class S3Documents {
  /** Jackson as all documents of Towpath are written and read. */
  public static final ObjectMapper JSON =
      new ObjectMapper()
          .registerModule(new Jdk8Module())
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  /** User metadata with the digest of the page that a page was made from. */
  private static final String MADE_FROM = "made-from";

  private final S3Client s3;

  public S3Documents(S3Client s3) {
    this.s3 = s3;
  }

  /** Makes something of an object's bytes while they come. */
  @FunctionalInterface
  public interface Reading<T> {
    T read(InputStream bytes) throws IOException;
  }

  /** Reads an object of any size, once. */
  public <T> T read(S3Uri uri, Reading<T> reading) {
    return get(uri, (response, bytes) -> reading.read(bytes));
  }

  /** The whole of a small object; the caller knows that it is small. */
  public byte[] read(S3Uri uri) {
    return get(uri, (response, bytes) -> whole(uri, response.contentLength(), bytes));
  }

  /** The same, compared with the hex SHA-256 that it had when it was written. */
  public byte[] read(S3Uri uri, String sha256) {
    byte[] bytes = read(uri);
    requireSame(uri, Digests.sha256(bytes), sha256);
    return bytes;
  }

  /** Compares an object of any size with the hex SHA-256 that it had when it was written. */
  public void requireSame(S3Uri uri, String sha256) {
    requireSame(uri, read(uri, S3Documents::sha256), sha256);
  }

  /** The whole of an object that somebody else wrote; one of more than {@code most} bytes fails. */
  public byte[] read(S3Uri uri, int most) {
    Optional<byte[]> bytes =
        get(
            uri,
            (response, in) ->
                response.contentLength() > most
                    ? Optional.empty()
                    : Optional.of(whole(uri, response.contentLength(), in)));
    return bytes.orElseThrow(
        () ->
            new PlatformException(
                FailureKind.INPUT_REJECTED, uri + " is longer than " + most + " bytes"));
  }

  /** Stores a small object, or stores the same one again; returns the hex MD5 of its bytes. */
  public String write(S3Uri uri, String contentType, byte[] bytes) {
    put(uri, contentType, bytes, Map.of());
    return Digests.md5(bytes);
  }

  /** Begins an object of any size; nothing of it is to be seen before it is completed. */
  public S3Upload upload(S3Uri uri, String contentType) {
    return new S3Upload(s3, uri, contentType);
  }

  /** Reads one page of JSON lines of which no digest is known. */
  public <T> List<T> readPage(S3Uri page, Class<T> type) {
    return rows(page, read(page), type);
  }

  /** Reads one page of JSON lines, compared with its hex SHA-256. */
  public <T> List<T> readPage(S3Uri page, String sha256, Class<T> type) {
    return rows(page, read(page, sha256), type);
  }

  /** Reads one page of a list whose digests lie beside it. */
  public <T> List<T> readPage(ManifestRef list, int number, Class<T> type) {
    return readPage(list.page(number), digests(list).get(number), type);
  }

  /** The digests of a list's pages, compared with its own; empty ones for a list without any. */
  public List<String> digests(ManifestRef list) {
    if (list.sha256().isEmpty()) {
      return Collections.nCopies(list.pageCount(), "");
    }
    String digests = new String(read(list.digests()), StandardCharsets.UTF_8);
    List<String> pages = List.of(digests.split("\n", -1));
    requireSame(list.digests(), ManifestRef.digestOf(pages), list.sha256());
    return pages;
  }

  /** Hands over every page of a list, one in memory at a time; returns the pages' digests. */
  public <T> List<String> forEachPage(ManifestRef list, Class<T> type, Consumer<List<T>> each) {
    List<String> digests = new ArrayList<>();
    for (int number = 0; number < list.pageCount(); number++) {
      byte[] bytes = read(list.page(number));
      digests.add(Digests.sha256(bytes));
      each.accept(rows(list.page(number), bytes, type));
    }
    requireSame(list.pages(), ManifestRef.digestOf(digests), list.sha256());
    return digests;
  }

  /** The rows of a list one after the other, one page in memory at a time. */
  public <T> Iterator<T> rows(ManifestRef list, Class<T> type) {
    List<String> digests = digests(list);
    return IntStream.range(0, list.pageCount())
        .boxed()
        .flatMap(number -> readPage(list.page(number), digests.get(number), type).stream())
        .iterator();
  }

  /** Hands over every row of a list, one page in memory at a time. */
  public <T> void forEach(ManifestRef list, Class<T> type, Consumer<T> each) {
    forEachPage(list, type, rows -> rows.forEach(each));
  }

  /** Stores one page of JSON lines; returns the hex SHA-256 of its bytes. */
  public String writePage(S3Uri page, List<?> rows) {
    return writePage(page, rows, "");
  }

  /**
   * The same, and notes on it what it was made from.
   *
   * @param source digest of the page that was worked on
   */
  public String writePage(S3Uri page, List<?> rows, String source) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    rows.forEach(row -> out.writeBytes(line(row)));
    byte[] bytes = out.toByteArray();
    put(
        page,
        "application/x-ndjson",
        bytes,
        source.isEmpty() ? Map.of() : Map.of(MADE_FROM, source));
    return Digests.sha256(bytes);
  }

  /** The hex SHA-256 of a page, if it is there and was made from this one. */
  public Optional<String> madeFrom(String source, S3Uri page) {
    try {
      return get(
          page,
          (response, bytes) ->
              source.equals(response.metadata().get(MADE_FROM))
                  ? Optional.of(Digests.sha256(whole(page, response.contentLength(), bytes)))
                  : Optional.empty());
    } catch (PlatformException e) {
      if (e.status() == 404) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Stores the digests of a list's pages, so that its pages can be read one by one. */
  public void writeDigests(ManifestRef list, List<String> digests) {
    byte[] text = String.join("\n", digests).getBytes(StandardCharsets.UTF_8);
    write(list.digests(), "text/plain", text);
  }

  /** Begins a list of about {@code rows} rows below {@code pages}. */
  public PageWriter writer(S3Uri pages, long rows) {
    return new PageWriter(this, pages, ManifestRef.pageSizeFor(rows));
  }

  /** Begins a list with so many rows to a page. */
  public PageWriter paged(S3Uri pages, int pageSize) {
    return new PageWriter(this, pages, pageSize);
  }

  private void put(S3Uri uri, String contentType, byte[] bytes, Map<String, String> metadata) {
    S3Failures.asking(
        "s3:PutObject",
        uri,
        () ->
            s3.putObject(
                r ->
                    r.bucket(uri.bucket())
                        .key(uri.key())
                        .contentType(contentType)
                        .metadata(metadata),
                RequestBody.fromContentProvider(
                    () -> new ByteArrayInputStream(bytes), bytes.length, contentType)));
  }

  private static String sha256(InputStream bytes) throws IOException {
    MessageDigest digest = Digests.begin("SHA-256");
    byte[] some = new byte[64 << 10];
    for (int read = bytes.read(some); read >= 0; read = bytes.read(some)) {
      digest.update(some, 0, read);
    }
    return Digests.hex(digest.digest());
  }

  private <T> T get(S3Uri uri, ResponseReading<T> reading) {
    return S3Failures.asking(
        "s3:GetObject",
        uri,
        () -> s3.getObject(r -> r.bucket(uri.bucket()).key(uri.key()), reading::read));
  }

  @FunctionalInterface
  private interface ResponseReading<T> {
    T read(GetObjectResponse response, InputStream bytes) throws IOException;
  }

  /** Into one array of the right length: sheets may have 64 MiB. */
  private static byte[] whole(S3Uri uri, long length, InputStream bytes) throws IOException {
    byte[] whole = new byte[Math.toIntExact(length)];
    int read = bytes.readNBytes(whole, 0, whole.length);
    if (read < whole.length) {
      throw new IOException("reading " + uri + " broke off before its end");
    }
    return whole;
  }

  private static <T> List<T> rows(S3Uri page, byte[] bytes, Class<T> type) {
    try (MappingIterator<T> rows = JSON.readerFor(type).readValues(bytes)) {
      return rows.readAll();
    } catch (IOException e) {
      throw new UncheckedIOException("a line of " + page + " is not " + type.getSimpleName(), e);
    }
  }

  private static void requireSame(S3Uri uri, String found, String expected) {
    if (!expected.isEmpty() && !found.equals(expected)) {
      throw new PlatformException(
          FailureKind.CHECKSUM_MISMATCH,
          uri
              + " has SHA-256 "
              + found
              + ", and had "
              + expected
              + " when this run wrote it; something else writes below stage.to");
    }
  }

  static byte[] line(Object row) {
    try {
      return (JSON.writeValueAsString(row) + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("a row cannot be written as JSON", e);
    }
  }
}
