package io.towpath.activities.samplesheet;

import io.towpath.workflows.model.Problem;
import io.towpath.workflows.model.SynapseId;
import io.towpath.workflows.samplesheet.SheetRules;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The Synapse files that a sheet names, and everything that is wrong with how it names them.
 *
 * @param places for each distinct reference, in order of first use, the cells that hold it
 * @param problems what is wrong, in order of lines, the sheet's own problems first
 */
public record SheetReferences(Map<SynapseId, List<String>> places, List<Problem> problems) {

  /** Reads all cells of a sheet. */
  public static SheetReferences in(Sheet sheet, SheetRules rules) {
    Reader reader = new Reader(Set.copyOf(rules.columns()));
    reader.problems.addAll(sheet.problems());
    for (String column : rules.columns()) {
      if (!sheet.header().contains(column)) {
        reader.problems.add(
            new Problem(
                "column " + column,
                "the sheet has no column of this name; it has " + sheet.header()));
      }
    }
    sheet.forEachCell(reader::read);
    reader.endRow();
    reader.reportEmptyRows();
    return new SheetReferences(reader.places, reader.problems);
  }

  /** The reference that a cell holds, if it holds a right one. */
  public static Optional<SynapseId> idIn(SheetCell cell, SheetRules rules) {
    return SheetReference.read(cell.text(), rules.columns().contains(cell.column())).id();
  }

  private static final class Reader {
    private final Set<String> declared;
    private final Map<SynapseId, List<String>> places = new LinkedHashMap<>();
    private final List<Problem> problems = new ArrayList<>();
    private final List<Integer> emptyRows = new ArrayList<>();
    private String firstFileColumn = "";
    private long row;
    private int line;
    private boolean rowHasFile;

    Reader(Set<String> declared) {
      this.declared = declared;
    }

    void read(SheetCell cell) {
      if (cell.row() != row) {
        endRow();
        row = cell.row();
        line = cell.line();
        rowHasFile = false;
      }
      SheetReference reference = SheetReference.read(cell.text(), declared.contains(cell.column()));
      if (reference.kind() == SheetReference.Kind.NONE) {
        return;
      }
      rowHasFile = true;
      if (firstFileColumn.isEmpty()) {
        firstFileColumn = cell.column();
      }
      if (reference.kind() == SheetReference.Kind.WRONG) {
        problems.add(new Problem(cell.place(), reference.problem()));
      }
      reference
          .id()
          .ifPresent(id -> places.computeIfAbsent(id, i -> new ArrayList<>(2)).add(cell.place()));
    }

    void endRow() {
      if (row > 0 && !rowHasFile) {
        emptyRows.add(line);
      }
    }

    /** A row without any file in a sheet of files has lost its ids. */
    void reportEmptyRows() {
      if (firstFileColumn.isEmpty()) {
        return;
      }
      for (int empty : emptyRows) {
        problems.add(
            new Problem(
                "line " + empty + ", column " + firstFileColumn,
                "the row names no file; expected a reference like syn://syn123 here, or no such"
                    + " row"));
      }
    }
  }
}
