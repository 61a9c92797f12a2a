package io.towpath.activities.transfer;

import io.towpath.activities.rows.Noted;
import io.towpath.workflows.model.ManifestRef;
import io.towpath.workflows.transfer.OutputFile;
import io.towpath.workflows.transfer.Outputs;
import io.towpath.workflows.transfer.Paths;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Puts each object where it belongs: a row, a path that a person should know of, or a count. */
final class SortedOutputs {
  private static final int MOST = 50;

  private final OutputRules rules;
  private final Consumer<OutputFile> rows;
  private final Predicate<OutputFile> known;
  private final Noted zeroByte = new Noted(MOST);
  private final Noted late = new Noted(MOST);
  private final Noted older = new Noted(MOST);
  private long skipped;

  /**
   * @param rows takes what is to be indexed
   * @param known whether an earlier listing had this very object; asked in path order
   */
  SortedOutputs(OutputRules rules, Consumer<OutputFile> rows, Predicate<OutputFile> known) {
    this.rules = rules;
    this.rows = rows;
    this.known = known;
  }

  void sort(FoundObject found) {
    if (found.standsForFolder()) {
      return;
    }
    if (!rules.globs().take(found.path())) {
      skipped++;
    } else if (rules.launches().afterThis(found)) {
      older.add(found.path());
    } else if (found.sizeBytes() == 0) {
      zeroByte.add(found.path());
    } else {
      add(row(found));
    }
  }

  Outputs outputs(ManifestRef files) {
    return new Outputs(files, skipped, paths(zeroByte), paths(late), paths(older));
  }

  private void add(OutputFile row) {
    rows.accept(row);
    if (!known.test(row)) {
      late.add(row.path());
    }
  }

  private static Paths paths(Noted noted) {
    return new Paths(noted.first(), noted.count());
  }

  private static OutputFile row(FoundObject found) {
    return new OutputFile(
        found.uri(),
        found.path(),
        found.sizeBytes(),
        Md5.plain(found.listed().eTag()),
        Optional.empty());
  }
}
