package io.towpath.workflows.samples;

import java.util.Map;
import java.util.TreeMap;

/**
 * What one task gets, a line of a page, before its operation key is known.
 *
 * @param sample the sample that it is for
 * @param name the task's name, with {@link #OP_KEY} where its operation key goes
 * @param inputs by the app's input id, as the platform takes them ({@code {class: File, path: <file
 *     id>}}); texts may hold {@link #OP_KEY} and {@link #TASK_ID}
 */
public record TaskInputs(String sample, String name, Map<String, Object> inputs) {
  /** Stands for the task's operation key. */
  public static final String OP_KEY = "${opKey}";

  /** Stands for the task's id, which exists only once its draft does. */
  public static final String TASK_ID = "${taskId}";

  public TaskInputs {
    inputs = new TreeMap<>(inputs == null ? Map.of() : inputs);
  }
}
