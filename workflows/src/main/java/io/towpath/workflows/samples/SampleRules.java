package io.towpath.workflows.samples;

import java.util.Map;
import java.util.TreeMap;

/**
 * How a sheet becomes files and tasks (etl-spec b3). Expressions are JSONata. {@code s3Uri} sees
 * one row, {@code path} and {@code metadata} see it with {@code $uri}, the address of the file.
 * Those of inputs see the sample: the columns that all its rows share, {@code files} (its rows,
 * each with {@code file}), {@code opKey} and {@code taskId}; {@code $file(address)} is the sample's
 * file of that address.
 *
 * @param format {@code auto}, {@code csv} or {@code tsv}
 * @param rowIs {@code file}: rows with the same {@code groupBy} are one sample; {@code task}: each
 *     row is one
 * @param groupBy the column that names the sample
 * @param s3Uri expression for the address of a row's file, or of several in a sheet of tasks; empty
 *     where rows name none
 * @param path expression for a file's path in the project, folders and name
 * @param metadata expression by metadata key, over the row
 * @param taskName template of a task's name: {@code {column}} and {@code {opKey}}
 * @param inputs expression by the app's input id; empty where an activity makes them
 * @param validateAgainstApp whether inputs are checked against the app's CWL
 */
public record SampleRules(
    String format,
    String rowIs,
    String groupBy,
    String s3Uri,
    String path,
    Map<String, String> metadata,
    String taskName,
    Map<String, String> inputs,
    boolean validateAgainstApp) {
  public SampleRules {
    metadata = new TreeMap<>(metadata == null ? Map.of() : metadata);
    inputs = new TreeMap<>(inputs == null ? Map.of() : inputs);
  }
}
