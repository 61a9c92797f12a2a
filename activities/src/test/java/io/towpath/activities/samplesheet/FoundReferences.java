package io.towpath.activities.samplesheet;

import io.towpath.workflows.model.Problem;
import io.towpath.workflows.model.S3Uri;
import io.towpath.workflows.model.SourceId;
import io.towpath.workflows.samplesheet.SheetRules;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a sheet refers to, in its order. */
final class FoundReferences implements SheetReferences.Reader {
  private final Map<String, List<String>> files = new LinkedHashMap<>();
  private final List<String> samples = new ArrayList<>();
  private final List<String> objects = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();

  static FoundReferences in(Sheet sheet, SheetRules rules) {
    FoundReferences found = new FoundReferences();
    SheetReferences.read(sheet, rules, found);
    return found;
  }

  /** The cells that name a file, by its id. */
  Map<String, List<String>> files() {
    return files;
  }

  List<String> samples() {
    return samples;
  }

  /** Objects in place, with their cells. */
  List<String> objects() {
    return objects;
  }

  List<Problem> problems() {
    return problems;
  }

  @Override
  public void file(SourceId id, String cell, String sample) {
    files.computeIfAbsent(id.value(), first -> new ArrayList<>()).add(cell);
    samples.add(sample);
  }

  @Override
  public void inPlace(S3Uri object, String cell) {
    objects.add(object + " " + cell);
  }

  @Override
  public void problem(Problem problem) {
    problems.add(problem);
  }
}
