package io.towpath.sandbox.sevenbridges;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What carries a running task out. */
interface TaskEngine extends AutoCloseable {
  /** How a task ends; called in the realm. */
  interface Ending {
    void completed(Instant at, Results results);

    void failed(Instant at, String message);
  }

  /**
   * What a task made.
   *
   * @param values CWL output values by port, with local {@code path}s; empty when outputs are to be
   *     made up after the app's declarations
   */
  record Results(Optional<Map<String, JsonNode>> values) {
    static Results simulated() {
      return new Results(Optional.empty());
    }
  }

  void run(Task task, Instant now, Ending ending);

  /** Stops a task that was aborted. */
  default void stop(Task task) {}

  @Override
  default void close() {}
}
