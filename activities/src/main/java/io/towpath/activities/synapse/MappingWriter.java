package io.towpath.activities.synapse;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.towpath.activities.store.S3Clients;
import io.towpath.activities.store.S3Documents;
import io.towpath.activities.store.S3Failures;
import io.towpath.workflows.model.ManifestRef;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.synapse.IndexedFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * Joins the pages of indexed files into one CSV, {@code
 * s3_uri,synapse_id,version,md5,size,path,action}, with one page and one part in memory.
 */
final class MappingWriter {
  private static final int PART_BYTES = 8 << 20;
  private static final String TYPE = "text/csv";
  private static final String[] HEADER = {
    "s3_uri", "synapse_id", "version", "md5", "size", "path", "action"
  };

  private final S3Documents documents;
  private final S3Client s3;
  private final S3Uri target;
  private final Runnable heartbeat;
  private final ByteArrayOutputStream buffer = new ByteArrayOutputStream();
  private final List<CompletedPart> parts = new ArrayList<>();
  private String uploadId = "";

  MappingWriter(S3Clients s3, S3Documents documents, S3Uri target, Runnable heartbeat) {
    this.documents = documents;
    this.s3 = s3.repeating();
    this.target = target;
    this.heartbeat = heartbeat;
  }

  /**
   * Writes it; it is there as a whole or not at all, and no upload stays open.
   *
   * @param each told of every file
   */
  void write(ManifestRef indexed, Consumer<IndexedFile> each) {
    try {
      append(row(HEADER));
      for (int page = 0; page < indexed.pageCount(); page++) {
        for (IndexedFile file : documents.readPage(indexed.page(page), IndexedFile.class)) {
          append(row(file));
          each.accept(file);
        }
        heartbeat.run();
      }
      finish();
    } catch (SdkException e) {
      abort();
      throw S3Failures.of("s3:PutObject", target, e);
    } catch (RuntimeException e) {
      abort();
      throw e;
    }
  }

  static String row(IndexedFile file) {
    return row(
        file.uri().value(),
        file.synapseId(),
        String.valueOf(file.version()),
        file.md5(),
        String.valueOf(file.sizeBytes()),
        file.path(),
        file.action());
  }

  private static String row(String... fields) {
    StringWriter text = new StringWriter();
    try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
      csv.writeRecord(fields);
    } catch (IOException e) {
      throw new UncheckedIOException("a text in memory cannot be written", e);
    }
    return text.toString();
  }

  private void append(String row) {
    buffer.writeBytes(row.getBytes(StandardCharsets.UTF_8));
    if (buffer.size() >= PART_BYTES) {
      uploadPart();
    }
  }

  private void uploadPart() {
    if (uploadId.isEmpty()) {
      uploadId =
          s3.createMultipartUpload(
                  r -> r.bucket(target.bucket()).key(target.key()).contentType(TYPE))
              .uploadId();
    }
    int number = parts.size() + 1;
    String etag =
        s3.uploadPart(
                r ->
                    r.bucket(target.bucket())
                        .key(target.key())
                        .uploadId(uploadId)
                        .partNumber(number),
                RequestBody.fromBytes(buffer.toByteArray()))
            .eTag();
    parts.add(CompletedPart.builder().partNumber(number).eTag(etag).build());
    buffer.reset();
  }

  private void finish() {
    if (uploadId.isEmpty()) {
      documents.write(target, TYPE, buffer.toByteArray());
      return;
    }
    if (buffer.size() > 0) {
      uploadPart();
    }
    s3.completeMultipartUpload(
        r ->
            r.bucket(target.bucket())
                .key(target.key())
                .uploadId(uploadId)
                .multipartUpload(m -> m.parts(parts)));
  }

  private void abort() {
    if (!uploadId.isEmpty()) {
      try {
        s3.abortMultipartUpload(
            r -> r.bucket(target.bucket()).key(target.key()).uploadId(uploadId));
      } catch (SdkException e) {
        uploadId = "";
      }
    }
  }
}
