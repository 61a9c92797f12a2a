package io.towpath.activities.samplesheet;

import io.towpath.workflows.model.Problem;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.model.SourceId;
import io.towpath.workflows.samplesheet.SheetRules;
import java.util.ArrayList;
import java.util.List;

/** Finds what a sheet's cells refer to, and everything that is wrong with how it names files. */
public final class SheetReferences {
  private final SheetColumns columns;
  private final Reader reader;
  private final List<SheetCell> cells = new ArrayList<>();
  private final List<Integer> emptyRows = new ArrayList<>();
  private String firstFileColumn = "";
  private boolean rowHasFile;

  /** Told of references one by one, in their order, and of problems, the sheet's own ones first. */
  public interface Reader {
    /**
     * A file to stage.
     *
     * @param cell where it is named, for people
     * @param sample what its row is about
     */
    void file(SourceId id, String cell, String sample);

    /** An object that stays where it is. */
    void inPlace(S3Uri object, String cell);

    void problem(Problem problem);
  }

  private SheetReferences(SheetColumns columns, Reader reader) {
    this.columns = columns;
    this.reader = reader;
  }

  /** Reads all cells of a sheet. */
  public static void read(Sheet sheet, SheetRules rules, Reader reader) {
    sheet.problems().forEach(reader::problem);
    for (String column : rules.columns()) {
      if (!sheet.header().contains(column)) {
        reader.problem(
            new Problem(
                "column " + column,
                "the sheet has no column of this name; it has " + sheet.header()));
      }
    }
    SheetReferences references = new SheetReferences(SheetColumns.of(sheet, rules), reader);
    sheet.forEachCell(references::cell);
    references.endRow();
    references.reportEmptyRows();
  }

  private void cell(SheetCell cell) {
    if (!cells.isEmpty() && cells.get(0).row() != cell.row()) {
      endRow();
    }
    cells.add(cell);
  }

  /** A row is read as a whole: its sample may stand behind its files. */
  private void endRow() {
    if (cells.isEmpty()) {
      return;
    }
    rowHasFile = false;
    String sample = columns.sample(cells);
    cells.forEach(cell -> refer(cell, sample));
    if (!rowHasFile && emptyRows.size() < ProblemList.MOST) {
      emptyRows.add(cells.get(0).line());
    }
    cells.clear();
  }

  private void refer(SheetCell cell, String sample) {
    SheetReference reference = columns.read(cell);
    if (reference.kind() == SheetReference.Kind.NONE) {
      return;
    }
    rowHasFile = true;
    if (firstFileColumn.isEmpty()) {
      firstFileColumn = cell.column();
    }
    if (reference.kind() == SheetReference.Kind.WRONG) {
      reader.problem(new Problem(cell.place(), reference.problem()));
    }
    reference.inPlace().ifPresent(uri -> reader.inPlace(uri, cell.place()));
    reference.id().ifPresent(id -> reader.file(id, cell.place(), sample));
  }

  /** A row without any file in a sheet of files has lost its ids. */
  private void reportEmptyRows() {
    if (firstFileColumn.isEmpty()) {
      return;
    }
    for (int empty : emptyRows) {
      reader.problem(
          new Problem(
              "line " + empty + ", column " + firstFileColumn,
              "the row names no file; expected a reference like syn://syn123 here, or no such"
                  + " row"));
    }
  }
}
