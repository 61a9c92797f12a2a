package io.towpath.activities.containers;

import io.towpath.activities.connections.Examined.Findings;
import io.towpath.workflows.containers.ContainerActivities.ImageSpec;
import io.towpath.workflows.containers.Executor;
import io.towpath.workflows.model.Problem;
import java.util.List;
import java.util.Optional;

/** One connection to an executor. */
public interface ContainerExecutor {
  /** What answers there, who we are, and what we may. Read-only. */
  Findings examine();

  /** Everything that stands in the way of running the image there. Read-only. */
  List<Problem> check(ImageSpec spec);

  /** {@code name@sha256:…} of an image that the executor holds itself; empty where it does not. */
  default Optional<String> pinned(String image) {
    return Optional.empty();
  }

  /** A place without problems, with what moves in it pinned; empty where nothing moves. */
  default Optional<Executor> pinned(Executor place) {
    return Optional.empty();
  }

  /** The containers of the place that the executor's fields name. */
  ContainerRuns runs(Executor place);
}
