package io.towpath.activities.synapse;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.towpath.activities.http.PlatformException;
import io.towpath.activities.store.S3Documents;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.synapse.IndexedFile;
import io.towpath.workflows.synapse.SynapseActivities.Mapping;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What an earlier generation of the same work indexed and nobody has seen again. */
final class EarlierMapping {
  private static final int MOST_SHOWN = 50;

  private final SortedMap<String, String> entities = new TreeMap<>();

  private EarlierMapping() {}

  /** The first of these mappings that is there; an empty one when none is. */
  static EarlierMapping newest(S3Documents documents, List<S3Uri> mappings) {
    EarlierMapping earlier = new EarlierMapping();
    for (S3Uri mapping : mappings) {
      try {
        earlier.read(new String(documents.read(mapping), StandardCharsets.UTF_8));
        return earlier;
      } catch (PlatformException e) {
        if (e.status() != 404) {
          throw e;
        }
      }
    }
    return earlier;
  }

  /** The file is here again. */
  void has(IndexedFile file) {
    entities.remove(file.path());
  }

  /** What is left over, beside the mapping that has the others. */
  Mapping mapping(S3Uri uri) {
    List<String> vanished =
        entities.entrySet().stream()
            .limit(MOST_SHOWN)
            .map(entry -> entry.getKey() + " (" + entry.getValue() + ")")
            .toList();
    return new Mapping(uri, vanished, entities.size());
  }

  private void read(String csv) {
    try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(csv)) {
      rows.forEach(row -> entities.put(row.getField("path"), row.getField("synapse_id")));
    } catch (IOException e) {
      throw new UncheckedIOException("a text in memory cannot be read", e);
    }
  }
}
