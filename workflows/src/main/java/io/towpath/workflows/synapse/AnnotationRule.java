package io.towpath.workflows.synapse;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Annotations for the outputs whose path matches; of several rules that give one name, the last
 * counts.
 *
 * @param match a capturing {@link io.towpath.workflows.model.Glob} on the path below the prefix
 * @param set values by name: text (in which {@code {capture}} is filled in), number, true or false,
 *     or a list of these
 * @param fromTable values that are lifted from a table among the outputs
 */
public record AnnotationRule(String match, Map<String, Object> set, Optional<FromTable> fromTable) {
  public AnnotationRule {
    set = set == null ? new TreeMap<>() : new TreeMap<>(set);
    fromTable = fromTable == null ? Optional.empty() : fromTable;
  }

  /**
   * A row of a table that tells something of a file.
   *
   * @param file path of the table, CSV or TSV, below the prefix; an index may leave it out
   * @param key the column that the row is found by
   * @param match what stands in that column, {@code {sample}}
   * @param set columns by the annotation's name
   */
  public record FromTable(String file, String key, String match, Map<String, String> set) {
    public FromTable {
      set = new TreeMap<>(set);
    }
  }
}
