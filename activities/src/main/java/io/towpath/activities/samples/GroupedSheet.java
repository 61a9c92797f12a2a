package io.towpath.activities.samples;

import io.towpath.activities.samplesheet.FileNames;
import io.towpath.activities.samplesheet.ProblemList;
import io.towpath.activities.samplesheet.SheetRow;
import io.towpath.activities.samplesheet.SheetText;
import io.towpath.activities.samplesheet.Shortened;
import io.towpath.workflows.request.Nearest;
import io.towpath.workflows.samples.SampleRules;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A sheet as its samples, in the order in which they are first named. */
final class GroupedSheet {
  /** Rows that are held in memory; longer sheets are refused. */
  private static final int MOST_ROWS = 100_000;

  /** What the expressions of inputs know by these names is ours. */
  private static final List<String> RESERVED = List.of("files", "opKey", "taskId");

  private final SampleRules rules;
  private final ProblemList problems;
  private final List<String> header;
  private final Map<String, List<SheetRow>> groups = new LinkedHashMap<>();
  private long rows;

  private GroupedSheet(List<String> header, SampleRules rules, ProblemList problems) {
    this.header = header;
    this.rules = rules;
    this.problems = problems;
  }

  /**
   * Reads a sheet; what is wrong with it is told.
   *
   * @param name its file name, whose extension decides where its header does not
   */
  static GroupedSheet of(byte[] bytes, String name, SampleRules rules, ProblemList problems) {
    SheetText text = SheetText.of(bytes, name, rules.format());
    GroupedSheet sheet = new GroupedSheet(text.header(), rules, problems);
    sheet.rows = text.rows();
    problems.addAll(text.problems());
    if (text.problems().isEmpty() && sheet.fits(text)) {
      text.forEachRow(cell -> Optional.empty(), sheet::add);
    }
    return sheet;
  }

  /** Names of the columns. */
  List<String> header() {
    return header;
  }

  long rows() {
    return rows;
  }

  List<SampleRows> samples() {
    List<SampleRows> samples = new ArrayList<>(groups.size());
    groups.forEach((id, own) -> samples.add(new SampleRows(id, own)));
    return samples;
  }

  private boolean fits(SheetText text) {
    int before = problems.size();
    for (String column : RESERVED) {
      if (header.contains(column)) {
        problems.add(
            "column " + column, "expressions of inputs know something else by it; rename it");
      }
    }
    if (!header.contains(rules.groupBy())) {
      problems.add(
          "tasks.groupBy",
          "the sheet has no column \""
              + rules.groupBy()
              + "\""
              + meant(rules.groupBy(), header)
              + "; it has "
              + header);
    }
    if (text.rows() > MOST_ROWS) {
      problems.add(
          "the sheet",
          "it has " + text.rows() + " rows; expected at most " + MOST_ROWS + ": split it");
    }
    return problems.size() == before;
  }

  /** A question about the known name that is meant most likely; empty when none is near. */
  static String meant(String name, Iterable<String> known) {
    String near = Nearest.of(name, known);
    return near.isEmpty() ? "" : " (did you mean \"" + near + "\"?)";
  }

  private void add(SheetRow row) {
    String id = SampleRows.cell(row, rules.groupBy());
    String place = row.place(rules.groupBy());
    if (id.isEmpty()) {
      problems.add(place, "is empty; expected the name of the sample");
      return;
    }
    Optional<String> wrong = FileNames.wrongWith(id);
    if (wrong.isPresent()) {
      problems.add(place, "the sample " + wrong.get());
      return;
    }
    List<SheetRow> group = groups.computeIfAbsent(id, name -> new ArrayList<>(2));
    if (rules.rowIs().equals("task") && !group.isEmpty()) {
      problems.add(
          place,
          "\""
              + Shortened.of(id)
              + "\" stands on line "
              + group.get(0).line()
              + " already; with rowIs \"task\" each row is a sample of its own");
      return;
    }
    group.add(row);
  }
}
