package io.towpath.activities.synapse;

import io.towpath.activities.store.S3Documents;
import io.towpath.activities.store.StreamedCsv;
import io.towpath.workflows.model.ManifestRef;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.synapse.IndexedFile;
import java.util.function.Consumer;

/**
 * Joins the pages of indexed files into one CSV, {@code
 * s3_uri,synapse_id,version,md5,size,path,action}, with one page and one part in memory.
 */
final class MappingWriter {
  private static final String[] HEADER = {
    "s3_uri", "synapse_id", "version", "md5", "size", "path", "action"
  };

  private final S3Documents documents;
  private final Runnable heartbeat;

  MappingWriter(S3Documents documents, Runnable heartbeat) {
    this.documents = documents;
    this.heartbeat = heartbeat;
  }

  /**
   * Writes it; it is there as a whole or not at all.
   *
   * @param each told of every file
   */
  void write(ManifestRef indexed, S3Uri mapping, Consumer<IndexedFile> each) {
    StreamedCsv.write(
        documents,
        mapping,
        csv -> {
          csv.appendRow(HEADER);
          documents.forEachPage(
              indexed,
              IndexedFile.class,
              files -> {
                files.forEach(file -> csv.appendRow(row(file)));
                files.forEach(each);
                heartbeat.run();
              });
        });
  }

  private static String[] row(IndexedFile file) {
    return new String[] {
      file.uri().value(),
      file.synapseId(),
      String.valueOf(file.version()),
      file.md5(),
      String.valueOf(file.sizeBytes()),
      StreamedCsv.text(file.path()),
      file.action()
    };
  }
}
