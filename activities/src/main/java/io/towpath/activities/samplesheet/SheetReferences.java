package io.towpath.activities.samplesheet;

import io.towpath.workflows.model.Problem;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.model.SourceId;
import io.towpath.workflows.samplesheet.SheetRules;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The files that a sheet names, and everything that is wrong with how it names them.
 *
 * @param uses for each distinct file to stage, in order of first use, the cells that hold it
 * @param inPlace the same for objects that stay where they are
 * @param problems what is wrong, in order of lines, the sheet's own problems first
 */
public record SheetReferences(
    Map<SourceId, Placement.Use> uses, Map<S3Uri, List<String>> inPlace, List<Problem> problems) {

  /** Reads all cells of a sheet. */
  public static SheetReferences in(Sheet sheet, SheetRules rules) {
    Reader reader = new Reader(SheetColumns.of(sheet, rules));
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
    return new SheetReferences(reader.uses, reader.inPlace, reader.problems);
  }

  private static final class Reader {
    private final SheetColumns columns;
    private final Map<SourceId, Placement.Use> uses = new LinkedHashMap<>();
    private final Map<S3Uri, List<String>> inPlace = new LinkedHashMap<>();
    private final List<Problem> problems = new ArrayList<>();
    private final List<Integer> emptyRows = new ArrayList<>();
    private String firstFileColumn = "";
    private long row;
    private int line;
    private boolean rowHasFile;

    Reader(SheetColumns columns) {
      this.columns = columns;
    }

    void read(SheetCell cell) {
      if (cell.row() != row) {
        endRow();
        row = cell.row();
        line = cell.line();
        rowHasFile = false;
      }
      SheetReference reference = columns.read(cell);
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
          .inPlace()
          .ifPresent(
              uri -> inPlace.computeIfAbsent(uri, u -> new ArrayList<>(2)).add(cell.place()));
      reference.id().ifPresent(id -> used(id, cell));
    }

    private void used(SourceId id, SheetCell cell) {
      uses.computeIfAbsent(id, i -> new Placement.Use(new ArrayList<>(2), columns.sample(cell)))
          .cells()
          .add(cell.place());
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
