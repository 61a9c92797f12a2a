package io.towpath.activities.synapse;

import io.towpath.activities.fanout.PageRunner;
import io.towpath.activities.samplesheet.Placement;
import io.towpath.activities.samplesheet.Sheet;
import io.towpath.activities.samplesheet.SheetReferences;
import io.towpath.workflows.model.FileRef;
import io.towpath.workflows.model.Problem;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.model.SourceId;
import io.towpath.workflows.transfer.StageLayout;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The files that a manifest names, each looked at once, and their places.
 *
 * @param rows rows of the sheet
 * @param files distinct files, in order of first use
 * @param problems everything that is wrong, with line and column
 * @param warnings what does not stand in the way
 */
record ManifestFiles(
    long rows, List<FileRef> files, List<Problem> problems, List<String> warnings) {
  /** What Synapse takes of one user at once. */
  static final int AT_ONCE = 3;

  private static final int MOST_OUTDATED = 20;
  private static final int OBJECTS_AT_ONCE = 16;

  /**
   * How files are looked at.
   *
   * @param files looks at one to stage
   * @param inPlace looks at one that stays where it is
   */
  record Looks(Function<SourceId, FileLook> files, Function<S3Uri, FileLook> inPlace) {}

  static ManifestFiles of(
      Sheet sheet,
      SheetReferences references,
      StageLayout layout,
      Looks looks,
      PageRunner pages,
      Runnable heartbeat) {
    Seen seen = new Seen(references);
    List<SourceId> ids = List.copyOf(references.uses().keySet());
    List<FileLook> found = pages.run(ids, AT_ONCE, looks.files(), progress -> heartbeat.run());
    for (int i = 0; i < ids.size(); i++) {
      seen.file(references.uses().getOrDefault(ids.get(i), Seen.NOWHERE), found.get(i));
    }
    List<S3Uri> objects = List.copyOf(references.inPlace().keySet());
    List<FileLook> lying =
        pages.run(objects, OBJECTS_AT_ONCE, looks.inPlace(), progress -> heartbeat.run());
    for (int i = 0; i < objects.size(); i++) {
      seen.judged(references.inPlace().getOrDefault(objects.get(i), List.of()), lying.get(i));
    }
    return seen.placed(sheet.rows(), layout);
  }

  long bytes() {
    return files.stream().mapToLong(FileRef::sizeBytes).sum();
  }

  private static final class Seen {
    static final Placement.Use NOWHERE = new Placement.Use(List.of(), "");

    private final Map<SourceId, FileRef> files = new LinkedHashMap<>();
    private final Map<SourceId, Placement.Use> uses = new LinkedHashMap<>();
    private final List<Problem> problems;
    private final List<String> outdated = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    Seen(SheetReferences references) {
      this.problems = new ArrayList<>(references.problems());
    }

    /** Two references may turn out to be one file: the first one gives it its sample. */
    void file(Placement.Use use, FileLook look) {
      judged(use.cells(), look);
      look.file()
          .ifPresent(
              file -> {
                files.putIfAbsent(file.id(), file);
                uses.putIfAbsent(file.id(), use);
              });
    }

    void judged(List<String> cells, FileLook look) {
      String first = cells.isEmpty() ? "the sheet" : cells.get(0);
      look.warnings().forEach(warning -> warnings.add(first + ": " + warning));
      look.outdated().ifPresent(older -> outdated.add(first + ": " + older));
      if (!look.problem().isEmpty()) {
        cells.forEach(cell -> problems.add(new Problem(cell, look.problem())));
      }
    }

    ManifestFiles placed(long rows, StageLayout layout) {
      Placement placement = Placement.of(List.copyOf(files.values()), uses, layout);
      problems.addAll(placement.problems());
      List<String> all = new ArrayList<>(placement.warnings());
      all.addAll(outdated.subList(0, Math.min(MOST_OUTDATED, outdated.size())));
      if (outdated.size() > MOST_OUTDATED) {
        all.add(outdated.size() - MOST_OUTDATED + " more files have a newer version in Synapse");
      }
      all.addAll(warnings);
      return new ManifestFiles(rows, placement.files(), problems, all);
    }
  }
}
