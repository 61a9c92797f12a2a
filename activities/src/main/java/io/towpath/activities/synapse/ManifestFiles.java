package io.towpath.activities.synapse;

import io.towpath.activities.fanout.PageRunner;
import io.towpath.activities.rows.Fingerprints;
import io.towpath.activities.rows.PackedRows;
import io.towpath.activities.samplesheet.Placement;
import io.towpath.activities.samplesheet.Placement.UsedFile;
import io.towpath.activities.samplesheet.ProblemList;
import io.towpath.activities.samplesheet.Sheet;
import io.towpath.activities.samplesheet.SheetReferences;
import io.towpath.workflows.model.FileRef;
import io.towpath.workflows.model.Problem;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.model.SourceId;
import io.towpath.workflows.samplesheet.SheetRules;
import io.towpath.workflows.transfer.StageLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/** The files that a manifest names, each looked at once, some at a time; then their places. */
final class ManifestFiles {
  /** What Synapse takes of one user at once. */
  static final int AT_ONCE = 3;

  /** Files that are looked at before the sheet is read on. */
  private static final int BATCH = 1_000;

  private static final int OBJECTS_AT_ONCE = 16;

  private final Looks looks;
  private final PageRunner pages;
  private final Runnable heartbeat;
  private final PackedRows<UsedFile> files = new PackedRows<>(UsedFile.class);
  private final ProblemList problems = new ProblemList();
  private final ManifestWarnings warnings = new ManifestWarnings();
  private long rows;
  private long bytes;

  /**
   * How files are looked at.
   *
   * @param files looks at files to stage, in order
   * @param inPlace looks at an object that stays where it is
   */
  record Looks(Function<List<SourceId>, List<FileLook>> files, Function<S3Uri, FileLook> inPlace) {}

  ManifestFiles(Looks looks, PageRunner pages, Runnable heartbeat) {
    this.looks = looks;
    this.pages = pages;
    this.heartbeat = heartbeat;
  }

  /** Reads the sheet and looks at what it names. */
  ManifestFiles read(Sheet sheet, SheetRules rules) {
    rows = sheet.rows();
    Gathered<SourceId> sources = new Gathered<>(SourceId::value, looks.files());
    Gathered<S3Uri> objects =
        new Gathered<>(
            S3Uri::value,
            some -> pages.run(some, OBJECTS_AT_ONCE, looks.inPlace(), progress -> heartbeat.run()));
    SheetReferences.read(
        sheet,
        rules,
        new SheetReferences.Reader() {
          @Override
          public void file(SourceId id, String cell, String sample) {
            sources.add(id, cell, sample);
          }

          @Override
          public void inPlace(S3Uri object, String cell) {
            objects.add(object, cell, "");
          }

          @Override
          public void problem(Problem problem) {
            problems.add(problem.place(), problem.text());
          }
        });
    sources.lookAtAll();
    objects.lookAtAll();
    return this;
  }

  /** Hands over each file with its place, in order of first use; those without one are problems. */
  ManifestFiles placed(StageLayout layout, Consumer<FileRef> each) {
    Placement placement =
        Placement.of(
            files,
            layout,
            file -> {
              bytes += file.sizeBytes();
              each.accept(file);
            });
    problems.addAll(placement.problems());
    warnings.first(placement.warnings());
    return this;
  }

  /** Rows of the sheet. */
  long rows() {
    return rows;
  }

  /** Distinct files that can be read. */
  int count() {
    return files.size();
  }

  /** Bytes of those that have places. */
  long bytes() {
    return bytes;
  }

  /** Everything that is wrong, with line and column; at most 500. */
  List<Problem> problems() {
    return problems.all();
  }

  /** What does not stand in the way. */
  List<String> warnings() {
    return warnings.all();
  }

  /** What a sheet names, gathered until there is enough to be looked at together. */
  private final class Gathered<K> {
    private final Function<K, String> name;
    private final Function<List<K>, List<FileLook>> look;
    private final Fingerprints seen = new Fingerprints();
    private final Map<K, List<String>> cells = new LinkedHashMap<>();
    private final Map<K, String> samples = new HashMap<>();
    private final Map<K, String> wrong = new HashMap<>();

    Gathered(Function<K, String> name, Function<List<K>, List<FileLook>> look) {
      this.name = name;
      this.look = look;
    }

    void add(K thing, String cell, String sample) {
      List<String> known = cells.get(thing);
      if (known != null) {
        if (known.size() < ProblemList.MOST) {
          known.add(cell);
        }
      } else if (!seen.add(name.apply(thing))) {
        problemOf(thing, cell);
      } else {
        cells.put(thing, new ArrayList<>(List.of(cell)));
        samples.put(thing, sample);
        if (cells.size() == BATCH) {
          lookAtAll();
        }
      }
    }

    private void problemOf(K thing, String cell) {
      String problem = wrong.get(thing);
      if (problem != null) {
        problems.add(cell, problem);
      }
    }

    /** Many quick looks take long together, so each ends with a sign of life. */
    void lookAtAll() {
      List<K> things = List.copyOf(cells.keySet());
      List<FileLook> looks = look.apply(things);
      heartbeat.run();
      for (int i = 0; i < things.size(); i++) {
        K thing = things.get(i);
        judge(looks.get(i), cells.getOrDefault(thing, List.of()), samples.getOrDefault(thing, ""));
        if (!looks.get(i).problem().isEmpty() && wrong.size() < ProblemList.MOST) {
          wrong.put(thing, looks.get(i).problem());
        }
      }
      cells.clear();
      samples.clear();
    }
  }

  /** Two references may turn out to be one file: the first one gives it its sample. */
  private void judge(FileLook look, List<String> cells, String sample) {
    warnings.of(look, cells.get(0));
    if (!look.problem().isEmpty()) {
      cells.forEach(cell -> problems.add(cell, look.problem()));
    }
    look.file().ifPresent(file -> files.add(file.id().value(), new UsedFile(file, cells, sample)));
  }
}
