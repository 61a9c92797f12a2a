package io.towpath.activities.synapse;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.towpath.activities.http.PlatformException;
import io.towpath.activities.rows.Fingerprints;
import io.towpath.activities.rows.Noted;
import io.towpath.activities.store.S3Documents;
import io.towpath.activities.store.StreamedCsv;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.synapse.IndexedFile;
import io.towpath.workflows.synapse.SynapseActivities.Mapping;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Finds what an earlier generation of the same work indexed and this one has not. */
final class EarlierMapping {
  private static final int MOST_SHOWN = 50;

  private final S3Documents documents;
  private final Fingerprints paths = new Fingerprints();

  EarlierMapping(S3Documents documents) {
    this.documents = documents;
  }

  /** The file is here again. */
  void has(IndexedFile file) {
    paths.add(StreamedCsv.text(file.path()));
  }

  /**
   * What is left over, beside the mapping that has the others.
   *
   * @param earlier mappings of earlier generations, newest first; the first that is there counts
   */
  Mapping compare(S3Uri mapping, List<S3Uri> earlier) {
    for (S3Uri one : earlier) {
      try {
        return documents.read(one, csv -> vanished(mapping, csv));
      } catch (PlatformException e) {
        if (e.status() != 404) {
          throw e;
        }
      }
    }
    return new Mapping(mapping, List.of(), 0);
  }

  private Mapping vanished(S3Uri mapping, InputStream csv) throws IOException {
    Noted vanished = new Noted(MOST_SHOWN);
    try (CsvReader<NamedCsvRecord> rows =
        CsvReader.builder().ofNamedCsvRecord(new InputStreamReader(csv, StandardCharsets.UTF_8))) {
      for (NamedCsvRecord row : rows) {
        String path = StreamedCsv.text(row.getField("path"));
        if (!paths.has(path)) {
          vanished.add(path + " (" + row.getField("synapse_id") + ")");
        }
      }
    }
    return new Mapping(mapping, vanished.first(), vanished.count());
  }
}
