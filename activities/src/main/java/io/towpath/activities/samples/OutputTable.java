package io.towpath.activities.samples;

import io.towpath.activities.store.S3Documents;
import io.towpath.activities.store.StreamedCsv;
import io.towpath.workflows.drs.MintedFile;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.samples.SampleActivities.OutputManifest;
import io.towpath.workflows.samples.SampleActivities.WriteManifest;
import io.towpath.workflows.sevenbridges.TaskOutput;
import io.towpath.workflows.transfer.OutputFile;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;

/**
 * Joins outputs, their checksums and their DRS ids into one table. In memory are a page of each and
 * the checksums.
 */
final class OutputTable {
  private static final String[] HEADER = {
    "sample_id",
    "task_id",
    "output_port",
    "file_id",
    "name",
    "size",
    "md5",
    "s3_uri",
    "drs_uri",
    "app",
    "app_revision",
    "status"
  };

  private final S3Documents documents;
  private final WriteManifest request;
  private final Map<String, String> md5s = new HashMap<>();
  private long rows;

  OutputTable(S3Documents documents, WriteManifest request) {
    this.documents = documents;
    this.request = request;
  }

  OutputManifest write() {
    request
        .objects()
        .ifPresent(
            objects ->
                documents.forEach(
                    objects,
                    OutputFile.class,
                    file -> file.md5().ifPresent(md5 -> md5s.put(file.path(), md5))));
    Iterator<MintedFile> minted =
        request
            .minted()
            .map(pages -> documents.rows(pages, MintedFile.class))
            .orElse(Collections.emptyIterator());
    StreamedCsv.Written written =
        StreamedCsv.write(
            documents,
            request.to(),
            csv -> {
              csv.appendRow(HEADER);
              documents.forEach(
                  request.outputs(),
                  TaskOutput.class,
                  output -> {
                    csv.appendRow(row(output, drsUri(output, minted)));
                    rows++;
                  });
            });
    return new OutputManifest(
        request.to(), written.md5(), written.sha256(), rows, written.sizeBytes());
  }

  private Optional<String> drsUri(TaskOutput output, Iterator<MintedFile> minted) {
    if (request.minted().isEmpty()) {
      return Optional.empty();
    }
    MintedFile own = minted.next();
    if (!own.fileId().equals(output.fileId())) {
      throw new IllegalStateException(
          "the DRS id of " + own.fileId() + " stands where that of " + output.fileId() + " should");
    }
    return own.drsUri();
  }

  private String[] row(TaskOutput output, Optional<String> drsUri) {
    boolean file = !output.fileId().isEmpty();
    return new String[] {
      StreamedCsv.text(output.sample()),
      StreamedCsv.text(output.taskId()),
      StreamedCsv.text(output.port()),
      StreamedCsv.text(output.fileId()),
      StreamedCsv.text(output.name()),
      file ? String.valueOf(output.sizeBytes()) : "",
      md5s.getOrDefault(output.fileId(), ""),
      output.uri().map(S3Uri::value).orElse(""),
      StreamedCsv.text(drsUri.orElse("")),
      StreamedCsv.text(output.app()),
      String.valueOf(output.revision()),
      StreamedCsv.text(output.status())
    };
  }
}
