package io.towpath.activities.samples;

import io.towpath.activities.samplesheet.ProblemList;
import io.towpath.activities.samplesheet.Shortened;
import io.towpath.workflows.samples.SampleFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The distinct objects of a sheet, each with a path of its own in the project. */
final class PlannedFiles {
  private final ProblemList problems;
  private final List<String> warnings = new ArrayList<>();
  private final Map<String, Planned> byLocation = new LinkedHashMap<>();
  private final Map<String, Long> numbers = new HashMap<>();
  private final Map<String, Planned> byPath = new LinkedHashMap<>();

  PlannedFiles(ProblemList problems) {
    this.problems = problems;
  }

  /**
   * A file.
   *
   * @param place where the sheet names it
   * @param address as the sheet has it
   * @param file without a name where that could not be made
   */
  record Planned(String place, String address, SampleFile file) {
    String path() {
      return file.folder().isEmpty() ? file.name() : file.folder() + "/" + file.name();
    }
  }

  /** The files in the order in which they were added; a file's number is its index. */
  List<Planned> all() {
    return List.copyOf(byLocation.values());
  }

  List<String> warnings() {
    return List.copyOf(warnings);
  }

  /** The number of a file, which is added if it is new; what two rows say of it must agree. */
  long add(Planned planned) {
    Planned known = byLocation.putIfAbsent(planned.file().location(), planned);
    Long number = numbers.computeIfAbsent(planned.file().location(), l -> (long) numbers.size());
    if (known == null) {
      requireOwnPath(planned);
    } else if (known.file().sample().equals(planned.file().sample())) {
      problems.add(
          planned.place(),
          "names the file of "
              + known.place()
              + " again (\""
              + Shortened.of(planned.address())
              + "\"); a file has one part in a sample");
    } else if (!known.file().name().isEmpty() && !planned.file().name().isEmpty()) {
      requireSame(known, planned);
    }
    return number;
  }

  /** Tells where one file would have to be a folder of another. */
  void requireFoldersBesideFiles() {
    byPath.forEach(
        (path, planned) -> {
          for (int i = path.indexOf('/'); i >= 0; i = path.indexOf('/', i + 1)) {
            Optional.ofNullable(byPath.get(path.substring(0, i)))
                .ifPresent(
                    file ->
                        problems.add(
                            planned.place(),
                            "would be imported into the folder \""
                                + Shortened.of(file.path())
                                + "\", which is the path of the file of "
                                + file.place()));
          }
        });
  }

  private void requireOwnPath(Planned planned) {
    if (planned.file().name().isEmpty()) {
      return;
    }
    Planned other = byPath.putIfAbsent(planned.path(), planned);
    if (other != null) {
      problems.add(
          planned.place(),
          "would be imported to \""
              + Shortened.of(planned.path())
              + "\" like the file of "
              + other.place()
              + "; let import.path give each object a path of its own");
    }
  }

  /** A file that two samples share is imported once. */
  private void requireSame(Planned known, Planned again) {
    if (!known.path().equals(again.path())) {
      problems.add(
          again.place(),
          "would be imported to \""
              + Shortened.of(again.path())
              + "\", on "
              + known.place()
              + " the same object to \""
              + Shortened.of(known.path())
              + "\"; an object has one path");
      return;
    }
    boolean same = known.file().metadata().equals(again.file().metadata());
    warnings.add(
        again.place()
            + " names the file of sample "
            + known.file().sample()
            + (same ? " too" : " too, whose metadata it keeps"));
  }
}
