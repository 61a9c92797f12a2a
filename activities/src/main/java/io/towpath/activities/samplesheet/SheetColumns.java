package io.towpath.activities.samplesheet;

import io.towpath.workflows.model.SourceId;
import io.towpath.workflows.model.SynapseId;
import io.towpath.workflows.samplesheet.SheetRules;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the columns of a sheet mean. The manifests that Synapse's own clients write are known by
 * their headers: in them {@code ID} (or {@code id}) holds bare ids, {@code versionNumber} pins
 * them, and what tells where a file was or who made it is no reference.
 */
final class SheetColumns {
  private static final String VERSION = "versionNumber";
  private static final Set<String> SAMPLE = Set.of("sample", "sample_id");
  private static final Set<String> OF_MANIFESTS =
      Set.of(
          "path",
          "parent",
          "parentId",
          "name",
          "synapseStore",
          "contentType",
          "forceVersion",
          "used",
          "executed",
          "activityName",
          "activityDescription",
          "error",
          VERSION,
          "dataFileSizeBytes",
          "createdBy",
          "createdOn",
          "modifiedBy",
          "modifiedOn",
          "synapseURL",
          "dataFileMD5Hex");
  private static final List<String> MARKS = List.of("parentId", "synapseURL", "dataFileMD5Hex");

  private final Set<String> bareIds;
  private final boolean manifest;
  private final String sampleColumn;
  private long[] versions = new long[0];

  private SheetColumns(List<String> header, SheetRules rules) {
    this.bareIds = new TreeSet<>(rules.columns());
    boolean current = header.contains("ID") && MARKS.stream().anyMatch(header::contains);
    boolean legacy = header.containsAll(List.of("path", "parent", "id"));
    this.manifest = current || legacy;
    if (manifest) {
      bareIds.add(current ? "ID" : "id");
    }
    this.sampleColumn =
        header.stream()
            .filter(name -> SAMPLE.contains(name.toLowerCase(Locale.ROOT)))
            .findFirst()
            .orElse("");
  }

  /** Reads the header, and the versions that rows have in a column of their own. */
  static SheetColumns of(Sheet sheet, SheetRules rules) {
    SheetColumns columns = new SheetColumns(sheet.header(), rules);
    if (columns.manifest && sheet.header().contains(VERSION)) {
      columns.versions = new long[(int) sheet.rows() + 1];
      sheet.forEachCell(columns::note);
    }
    return columns;
  }

  private void note(SheetCell cell) {
    String version = cell.text().strip();
    if (cell.column().equals(VERSION)
        && cell.row() < versions.length
        && version.matches("[1-9]\\d{0,17}")) {
      versions[(int) cell.row()] = Long.parseLong(version);
    }
  }

  /** The sample that a row is about: column {@code sample}, else the first one. */
  String sample(List<SheetCell> row) {
    return row.stream()
        .filter(cell -> sampleColumn.isEmpty() || cell.column().equals(sampleColumn))
        .map(cell -> cell.text().strip())
        .findFirst()
        .orElse("");
  }

  /** What a cell refers to. */
  SheetReference read(SheetCell cell) {
    if (manifest && OF_MANIFESTS.contains(cell.column()) && !bareIds.contains(cell.column())) {
      return SheetReference.NOTHING;
    }
    SheetReference found = SheetReference.read(cell.text(), bareIds.contains(cell.column()));
    long version = cell.row() < versions.length ? versions[(int) cell.row()] : 0;
    return found
        .id()
        .flatMap(SourceId::synapse)
        .filter(id -> id.version().isEmpty() && version > 0)
        .map(id -> SheetReference.file(SourceId.of(new SynapseId(id.entity() + "." + version))))
        .orElse(found);
  }
}
