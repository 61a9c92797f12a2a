package io.towpath.workflows.synapse;

import io.towpath.workflows.model.Problem;
import java.util.List;

/**
 * What a manifest would move.
 *
 * @param rows rows of the sheet
 * @param files distinct files
 * @param bytes their sum
 * @param unseen files among them that were not looked at: their bytes are not in the sum
 * @param problems everything that is wrong, each with line and column; at most 500
 * @param warnings what does not stand in the way but should be known
 */
public record Inspection(
    long rows, long files, long bytes, long unseen, List<Problem> problems, List<String> warnings) {
  public Inspection {
    problems = problems == null ? List.of() : List.copyOf(problems);
    warnings = warnings == null ? List.of() : List.copyOf(warnings);
  }
}
