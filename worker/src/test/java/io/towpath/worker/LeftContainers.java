package io.towpath.worker;

import io.towpath.activities.http.PlatformException;
import io.towpath.workflows.containers.ContainerActivities;
import io.towpath.workflows.containers.ContainerNews;
import io.towpath.workflows.containers.RunContainer;
import io.towpath.workflows.failure.FailureKind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** An executor on which holders may have left containers, which end when the test says so. */
final class LeftContainers implements ContainerActivities {
  private final Set<String> running = ConcurrentHashMap.newKeySet();
  private final List<String> asked = new CopyOnWriteArrayList<>();

  void runs(String businessKey) {
    running.add(businessKey);
  }

  void ends(String businessKey) {
    running.remove(businessKey);
  }

  /** Whose containers were to be stopped, in order. */
  List<String> asked() {
    return asked;
  }

  @Override
  public int stop(StopContainers request) {
    asked.add(request.businessKey());
    if (running.contains(request.businessKey())) {
      throw new PlatformException(
          FailureKind.STILL_RUNNING,
          "it has not ended",
          0,
          Optional.of(Duration.ofMillis(20)),
          null);
    }
    return 0;
  }

  @Override
  public ResolvedImage resolve(ImageSpec spec) {
    return new ResolvedImage(Optional.of(spec.image()), Optional.empty(), List.of(), List.of());
  }

  @Override
  public ContainerNews run(RunContainer request) {
    throw new IllegalStateException("nothing is run here");
  }
}
