package io.towpath.activities.samplesheet;

import io.towpath.workflows.model.SourceId;
import io.towpath.workflows.model.SynapseId;
import io.towpath.workflows.samplesheet.SheetRules;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the columns of a sheet mean. The manifests that Synapse's own clients write are known by
 * their headers: in them {@code ID} (or {@code id}) holds bare ids, {@code versionNumber} pins
 * them, and what tells where a file was or who made it is no reference.
 */
final class SheetColumns {
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
          "versionNumber",
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
  private final Map<Long, String> samples = new HashMap<>();
  private final Map<Long, String> versions = new HashMap<>();

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

  /** Reads the header, and what rows say of themselves. */
  static SheetColumns of(Sheet sheet, SheetRules rules) {
    SheetColumns columns = new SheetColumns(sheet.header(), rules);
    sheet.forEachCell(columns::note);
    return columns;
  }

  private void note(SheetCell cell) {
    if (sampleColumn.isEmpty()) {
      samples.putIfAbsent(cell.row(), cell.text().strip());
    } else if (cell.column().equals(sampleColumn)) {
      samples.put(cell.row(), cell.text().strip());
    }
    if (manifest && cell.column().equals("versionNumber")) {
      versions.put(cell.row(), cell.text().strip());
    }
  }

  /** The sample that a cell's row is about: column {@code sample}, else the first one. */
  String sample(SheetCell cell) {
    return samples.getOrDefault(cell.row(), "");
  }

  /** What a cell refers to. */
  SheetReference read(SheetCell cell) {
    if (manifest && OF_MANIFESTS.contains(cell.column()) && !bareIds.contains(cell.column())) {
      return SheetReference.NOTHING;
    }
    SheetReference found = SheetReference.read(cell.text(), bareIds.contains(cell.column()));
    String version = versions.getOrDefault(cell.row(), "");
    return found
        .id()
        .flatMap(SourceId::synapse)
        .filter(id -> id.version().isEmpty() && version.matches("[1-9]\\d{0,17}"))
        .map(id -> SheetReference.file(SourceId.of(new SynapseId(id.entity() + "." + version))))
        .orElse(found);
  }
}
