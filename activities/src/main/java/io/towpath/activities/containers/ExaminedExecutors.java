package io.towpath.activities.containers;

import io.towpath.activities.connections.Examined;
import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.failure.FailureKind;
import java.util.Map;
import java.util.Set;

/** The connections to executors of one type, to be looked at. */
public final class ExaminedExecutors implements Examined {
  private final Map<String, ContainerExecutor> executors;

  /**
   * @param executors by connection name
   */
  public ExaminedExecutors(Map<String, ContainerExecutor> executors) {
    this.executors = Map.copyOf(executors);
  }

  @Override
  public Set<String> names() {
    return executors.keySet();
  }

  @Override
  public Findings examine(String connection) {
    ContainerExecutor executor = executors.get(connection);
    if (executor == null) {
      throw new PlatformException(
          FailureKind.INPUT_REJECTED, "this worker has no connection " + connection);
    }
    return executor.examine();
  }
}
