package io.towpath.activities.samples;

import io.towpath.activities.samples.PlannedFiles.Planned;
import io.towpath.activities.samplesheet.ProblemList;
import io.towpath.activities.samplesheet.SheetRow;
import io.towpath.workflows.samples.SampleRules;
import io.towpath.workflows.samples.SampleTarget;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A sheet's samples and files, with everything that is wrong with its rows told. */
final class SheetPlan {
  /** What names the sample proper, where a group is a case of several. */
  private static final List<String> SAMPLE = List.of("sample_id", "sample", "sample_name");

  private final GroupedSheet sheet;
  private final ProblemList problems;
  private final RowFiles files;
  private final List<PlannedSample> samples = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  private SheetPlan(GroupedSheet sheet, RowFiles files, ProblemList problems) {
    this.sheet = sheet;
    this.files = files;
    this.problems = problems;
  }

  /**
   * One sample.
   *
   * @param files for each row the numbers of its files
   * @param right whether nothing is wrong with its rows
   */
  record PlannedSample(SampleRows rows, List<List<Long>> files, boolean right) {}

  static SheetPlan of(
      GroupedSheet sheet, SampleRules rules, SampleTarget target, Expressions expressions) {
    RowFiles files = new RowFiles(rules, target, expressions);
    SheetPlan plan = new SheetPlan(sheet, files, expressions.problems());
    plan.readSamples(rules);
    files.files().requireFoldersBesideFiles();
    return plan;
  }

  List<PlannedSample> samples() {
    return samples;
  }

  List<Planned> files() {
    return files.files().all();
  }

  List<String> warnings() {
    List<String> all = new ArrayList<>(warnings);
    all.addAll(files.files().warnings());
    return all;
  }

  private void readSamples(SampleRules rules) {
    RowChecks checks = new RowChecks(problems);
    ReadPairs pairs = new ReadPairs(sheet.header(), problems);
    for (SampleRows sample : sheet.samples()) {
      int before = problems.size();
      SampleRows distinct = checks.distinct(sample);
      for (SampleRows unit : units(distinct, rules.groupBy())) {
        checks.check(unit);
        pairs.check(unit);
      }
      Optional<List<List<Long>>> numbers = files.read(distinct);
      boolean right = numbers.isPresent() && problems.size() == before && !problems.full();
      samples.add(new PlannedSample(distinct, numbers.orElse(List.of()), right));
    }
    warnings.addAll(pairs.warnings());
  }

  private List<SampleRows> units(SampleRows group, String groupBy) {
    String column = SAMPLE.stream().filter(sheet.header()::contains).findFirst().orElse(groupBy);
    Map<String, List<SheetRow>> units = new LinkedHashMap<>();
    for (SheetRow row : group.rows()) {
      String name = SampleRows.cell(row, column);
      units.computeIfAbsent(name.isEmpty() ? group.id() : name, n -> new ArrayList<>()).add(row);
    }
    List<SampleRows> samples = new ArrayList<>();
    units.forEach((name, rows) -> samples.add(new SampleRows(name, rows)));
    return samples;
  }
}
