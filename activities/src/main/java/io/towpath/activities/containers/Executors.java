package io.towpath.activities.containers;

import io.towpath.activities.http.PlatformException;
import io.towpath.activities.poll.StatusReader;
import io.towpath.workflows.containers.Executor;
import io.towpath.workflows.failure.FailureKind;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** The executors that this worker is connected to, and what is remembered of each place. */
final class Executors {
  private final Map<String, Map<String, ContainerExecutor>> byType;
  private final Duration pollFloor;
  private final Map<Executor, Place> places = new ConcurrentHashMap<>();

  /** A place with the reader that all who wait there share. */
  record Place(ContainerRuns runs, StatusReader<ContainerState> reader) {}

  /**
   * @param byType connections by the executor's type and their own name
   */
  Executors(Map<String, Map<String, ContainerExecutor>> byType, Duration pollFloor) {
    this.byType = new TreeMap<>(byType);
    this.pollFloor = pollFloor;
  }

  Place place(Executor executor) {
    return places.computeIfAbsent(
        executor,
        key -> {
          ContainerRuns runs = connection(key).runs(key);
          return new Place(runs, new StatusReader<>(runs, pollFloor));
        });
  }

  ContainerExecutor connection(Executor executor) {
    ContainerExecutor found =
        byType.getOrDefault(executor.type(), Map.of()).get(executor.connection());
    if (found == null) {
      throw new PlatformException(
          FailureKind.INPUT_REJECTED,
          "this worker has no connection \""
              + executor.connection()
              + "\" to "
              + executor.type()
              + "; it has "
              + known());
    }
    return found;
  }

  private String known() {
    TreeSet<String> names = new TreeSet<>();
    byType.forEach((type, some) -> some.keySet().forEach(name -> names.add(type + " " + name)));
    return names.isEmpty() ? "none (DOCKER_HOST sets docker \"default\")" : names.toString();
  }
}
