package io.towpath.activities.samples;

import io.towpath.activities.samplesheet.ProblemList;
import io.towpath.activities.samplesheet.SheetRow;
import io.towpath.activities.samplesheet.Shortened;
import io.towpath.workflows.samples.TaskInputs;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Checks the cells of columns whose names people use for one thing (etl-spec b3). A sheet without
 * such a column is not checked for it.
 */
final class RowChecks {
  /** They go into the read group of a BAM, where white space ends a value. */
  private static final Set<String> READ_GROUP =
      Set.of(
          "sample_id",
          "library_id",
          "platform",
          "platform_unit",
          "read_group",
          "read_group_id",
          "flowcell",
          "lane");

  /** What is true of a sample, whichever of its files a row is about. */
  private static final List<String> OF_SAMPLE =
      List.of(
          "sample_type", "strandedness", "case_id", "participant_id", "patient_id", "subject_id");

  private static final Map<String, Words> WORDS =
      Map.of(
          "read_orientation", new Words("R1|R2", "R1 or R2"),
          "read_pair_number", new Words("1|2", "1 or 2"),
          "strandedness",
              new Words("default|rf-stranded|fr-stranded", "default, rf-stranded or fr-stranded"),
          "sample_type",
              new Words("(?i).*(tumou?r|normal).*", "a text with tumor, tumour or normal"));

  private static final Pattern SPACE = Pattern.compile("(?U)\\s");

  /** What the cells of a column may be. */
  private record Words(Pattern pattern, String expected) {
    Words(String pattern, String expected) {
      this(Pattern.compile(pattern), expected);
    }
  }

  private final ProblemList problems;

  RowChecks(ProblemList problems) {
    this.problems = problems;
  }

  /**
   * Checks the cells of one sample.
   *
   * @param unit the sample proper where a group has several, such as tumour and normal of a case
   */
  void check(SampleRows unit) {
    for (SheetRow row : unit.rows()) {
      row.values().forEach((column, cell) -> checkCell(row, column, String.valueOf(cell)));
    }
    OF_SAMPLE.forEach(column -> requireSame(unit, column));
  }

  /** The sample without rows that stand there twice, which are told. */
  SampleRows distinct(SampleRows sample) {
    Map<List<Object>, SheetRow> seen = new LinkedHashMap<>();
    for (SheetRow row : sample.rows()) {
      SheetRow earlier = seen.putIfAbsent(List.copyOf(row.values().values()), row);
      if (earlier != null) {
        problems.add(
            "line " + row.line(), "is the same as line " + earlier.line() + "; remove one of them");
      }
    }
    return new SampleRows(sample.id(), List.copyOf(seen.values()));
  }

  private void checkCell(SheetRow row, String column, String cell) {
    Words words = WORDS.get(column);
    if (words != null && !cell.isBlank() && !words.pattern().matcher(cell).matches()) {
      tell(row, column, cell, words.expected() + "; rename the column if it means something else");
    } else if (READ_GROUP.contains(column) && SPACE.matcher(cell).find()) {
      tell(row, column, cell, "a value of a read group, without white space");
    } else if (cell.contains(TaskInputs.OP_KEY) || cell.contains(TaskInputs.TASK_ID)) {
      tell(row, column, cell, "a text without " + TaskInputs.OP_KEY + " and " + TaskInputs.TASK_ID);
    }
  }

  private void tell(SheetRow row, String column, String found, String expected) {
    problems.add(row.place(column), "found \"" + Shortened.of(found) + "\", expected " + expected);
  }

  private void requireSame(SampleRows unit, String column) {
    Map<String, Integer> lines = new LinkedHashMap<>();
    unit.rows().forEach(row -> lines.putIfAbsent(SampleRows.cell(row, column), row.line()));
    if (lines.size() < 2) {
      return;
    }
    Map.Entry<String, Integer> first = lines.entrySet().iterator().next();
    lines.forEach(
        (cell, line) -> {
          if (!line.equals(first.getValue())) {
            problems.add(
                "line " + line + ", column " + column,
                "found \""
                    + Shortened.of(cell)
                    + "\", expected \""
                    + Shortened.of(first.getKey())
                    + "\" as on line "
                    + first.getValue()
                    + ": all files of sample "
                    + unit.id()
                    + " must agree");
          }
        });
  }
}
