package io.towpath.activities.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.model.ManifestRef;
import io.towpath.workflows.model.S3Uri;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Small documents and pages of JSON lines in S3. Writing the same thing again overwrites it with
 * the same bytes, so every method is safe to repeat.
 */
public final class S3Documents {
  /** Jackson as all documents of Towpath are written and read. */
  public static final ObjectMapper JSON =
      new ObjectMapper()
          .registerModule(new Jdk8Module())
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private final S3Client s3;

  public S3Documents(S3Client s3) {
    this.s3 = s3;
  }

  /** The whole of a small object; the caller knows that it is small. */
  public byte[] read(S3Uri uri) {
    return S3Failures.asking(
        "s3:GetObject",
        uri,
        () -> s3.getObjectAsBytes(r -> r.bucket(uri.bucket()).key(uri.key())).asByteArray());
  }

  /** The whole of an object that somebody else wrote; one of more than {@code most} bytes fails. */
  public byte[] read(S3Uri uri, int most) {
    byte[] bytes =
        S3Failures.asking(
            "s3:GetObject",
            uri,
            () ->
                s3.getObject(
                    r -> r.bucket(uri.bucket()).key(uri.key()),
                    (response, stream) -> stream.readNBytes(most + 1)));
    if (bytes.length > most) {
      throw new PlatformException(
          FailureKind.INPUT_REJECTED, uri + " is longer than " + most + " bytes");
    }
    return bytes;
  }

  /** Stores a small object, or stores the same one again; returns the hex MD5 of its bytes. */
  public String write(S3Uri uri, String contentType, byte[] bytes) {
    S3Failures.asking(
        "s3:PutObject",
        uri,
        () ->
            s3.putObject(
                r -> r.bucket(uri.bucket()).key(uri.key()).contentType(contentType),
                RequestBody.fromBytes(bytes)));
    return HexFormat.of().formatHex(digest("MD5").digest(bytes));
  }

  /** Reads one page of JSON lines. */
  public <T> List<T> readPage(S3Uri page, Class<T> type) {
    List<T> rows = new ArrayList<>();
    for (String line : new String(read(page), StandardCharsets.UTF_8).split("\n", -1)) {
      if (!line.isEmpty()) {
        try {
          rows.add(JSON.readValue(line, type));
        } catch (JsonProcessingException e) {
          throw new UncheckedIOException(
              "a line of " + page + " is not " + type.getSimpleName(), e);
        }
      }
    }
    return rows;
  }

  /** The object of one page below {@code pages}, as {@link ManifestRef#page} names it. */
  public static S3Uri page(S3Uri pages, int number) {
    return new ManifestRef(pages, "", number + 1L, 1, 0).page(number);
  }

  /** Stores one page of JSON lines. */
  public void writePage(S3Uri page, List<?> rows) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    rows.forEach(row -> out.writeBytes(line(row)));
    write(page, "application/x-ndjson", out.toByteArray());
  }

  /** Hands every row of a manifest to {@code each}, one page in memory at a time. */
  public <T> void forEach(ManifestRef manifest, Class<T> type, Consumer<T> each) {
    for (int page = 0; page < manifest.pageCount(); page++) {
      readPage(manifest.page(page), type).forEach(each);
    }
  }

  /** Begins a manifest of about {@code rows} rows below {@code pages}. */
  public PageWriter writer(S3Uri pages, long rows) {
    return new PageWriter(pages, ManifestRef.pageSizeFor(rows));
  }

  /** Writes rows to pages, holding one page in memory. */
  public final class PageWriter {
    private final S3Uri pages;
    private final int pageSize;
    private final MessageDigest digest = digest("SHA-256");
    private final List<Object> page = new ArrayList<>();
    private long rows;
    private long sizeBytes;

    private PageWriter(S3Uri pages, int pageSize) {
      this.pages = pages;
      this.pageSize = pageSize;
    }

    /** Adds one row that stands for a file of {@code size} bytes. */
    public void add(Object row, long size) {
      digest.update(line(row));
      page.add(row);
      rows++;
      sizeBytes += size;
      if (page.size() == pageSize) {
        flush();
      }
    }

    /** Writes what is left; the manifest is complete when this returns. */
    public ManifestRef finish() {
      if (!page.isEmpty()) {
        flush();
      }
      return new ManifestRef(
          pages, HexFormat.of().formatHex(digest.digest()), rows, pageSize, sizeBytes);
    }

    private void flush() {
      long number = (rows - 1) / pageSize;
      writePage(new ManifestRef(pages, "", rows, pageSize, 0).page((int) number), page);
      page.clear();
    }
  }

  private static byte[] line(Object row) {
    try {
      return (JSON.writeValueAsString(row) + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("a row cannot be written as JSON", e);
    }
  }

  private static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has " + algorithm, e);
    }
  }
}
