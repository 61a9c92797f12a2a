package io.towpath.activities.samplesheet;

import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.failure.FailureKind;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.model.SourceId;
import java.util.Optional;

/** Cells with their references replaced by the places of the files. */
final class StagedCells implements Preparation.Cells {
  private final StagedPlaces places;
  private final Optional<SheetColumns> columns;
  private final boolean complete;
  private boolean unknown;
  private long replaced;

  /**
   * @param complete whether every file has a place; one without is then a failure, else it stays
   */
  StagedCells(StagedPlaces places, SheetColumns columns, boolean complete) {
    this(places, Optional.of(columns), complete);
  }

  private StagedCells(StagedPlaces places, Optional<SheetColumns> columns, boolean complete) {
    this.places = places;
    this.columns = columns;
    this.complete = complete;
  }

  /** For a sheet whose references were replaced before. */
  static StagedCells none() {
    return new StagedCells(new StagedPlaces(), Optional.empty(), false);
  }

  @Override
  public Optional<String> replacement(SheetCell cell) {
    Optional<SourceId> id = columns.flatMap(known -> known.read(cell).id());
    if (id.isEmpty()) {
      return Optional.empty();
    }
    Optional<S3Uri> place = places.of(id.get());
    if (place.isEmpty()) {
      if (complete) {
        throw missing(id.get(), cell);
      }
      unknown = true;
      return Optional.empty();
    }
    replaced++;
    return Optional.of(SheetReference.replaced(cell.text(), place.get().value()));
  }

  @Override
  public boolean unknownPlace() {
    boolean was = unknown;
    unknown = false;
    return was;
  }

  /** Cells replaced up to now. */
  long replaced() {
    return replaced;
  }

  private static PlatformException missing(SourceId id, SheetCell cell) {
    return new PlatformException(
        FailureKind.INPUT_REJECTED,
        cell.place()
            + ": "
            + id
            + " is not among the staged files; the stored sheet is not the one that was staged");
  }
}
