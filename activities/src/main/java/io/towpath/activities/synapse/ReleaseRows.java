package io.towpath.activities.synapse;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.model.SynapseId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The rows of a release's manifest, a CSV with the columns {@code id} and {@code version}. A last
 * line without an end counts, and so do CRLF and a byte order mark.
 */
final class ReleaseRows {
  private static final int MOST_PROBLEMS = 20;
  private static final String BOM = "\ufeff";

  private ReleaseRows() {}

  /** Fails with {@code INPUT_REJECTED}, naming every row that is wrong. */
  static List<SynapseId> of(byte[] csv, String name) {
    String text = new String(csv, StandardCharsets.UTF_8);
    List<SynapseId> rows = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    try (CsvReader<NamedCsvRecord> records =
        CsvReader.builder()
            .commentStrategy(CommentStrategy.NONE)
            .ofNamedCsvRecord(text.startsWith(BOM) ? text.substring(1) : text)) {
      for (NamedCsvRecord row : records) {
        read(row, rows, problems);
      }
    } catch (CsvParseException | IOException e) {
      problems.add(String.valueOf(e.getMessage()));
    }
    if (!problems.isEmpty()) {
      throw new PlatformException(
          FailureKind.INPUT_REJECTED,
          name
              + " is no manifest; expected the columns id and version. "
              + String.join("; ", problems.subList(0, Math.min(MOST_PROBLEMS, problems.size()))));
    }
    return rows;
  }

  private static void read(NamedCsvRecord row, List<SynapseId> rows, List<String> problems) {
    String at = "line " + row.getStartingLineNumber() + ": ";
    String id = row.findField("id").orElse("").strip();
    String version = row.findField("version").orElse("").strip().replaceFirst("\\.0$", "");
    try {
      rows.add(new SynapseId(id + "." + version));
    } catch (IllegalArgumentException e) {
      problems.add(at + "\"" + id + "\", \"" + version + "\" is no id and version");
    }
  }
}
