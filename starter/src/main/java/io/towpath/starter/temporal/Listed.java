package io.towpath.starter.temporal;

import io.grpc.StatusRuntimeException;
import io.temporal.client.WorkflowExecutionMetadata;
import io.towpath.starter.exit.Stop;
import java.util.Iterator;
import java.util.function.Consumer;

/** The workflows that a server lists, one page of them at a time. */
final class Listed {
  private final TemporalConnection connection;

  Listed(TemporalConnection connection) {
    this.connection = connection;
  }

  /**
   * Tells of each as it is found, or ends the command with why there is no list.
   *
   * @param query of Temporal's list filter
   */
  void each(String query, Consumer<WorkflowExecutionMetadata> told) {
    try {
      Iterator<WorkflowExecutionMetadata> found =
          connection.client().listExecutions(query).iterator();
      while (found.hasNext()) {
        told.accept(found.next());
      }
    } catch (StatusRuntimeException e) {
      throw refused(query, e);
    }
  }

  private Stop refused(String query, StatusRuntimeException e) {
    String words = TemporalConnection.words(e.getStatus());
    return switch (e.getStatus().getCode()) {
      case INVALID_ARGUMENT -> Stop.badInput("\"" + query + "\" is no query: " + words);
      default ->
          Stop.unreachable(
              "Temporal at " + connection.address() + " does not list workflows: " + words);
    };
  }
}
