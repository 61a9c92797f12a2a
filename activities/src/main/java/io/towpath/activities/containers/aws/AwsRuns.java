package io.towpath.activities.containers.aws;

import io.towpath.activities.containers.ContainerRuns;
import io.towpath.activities.containers.ContainerState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is the same of jobs and tasks: names can double, and a hundred are described at once. */
interface AwsRuns extends ContainerRuns {
  int AT_ONCE = 100;

  /** Asks for at most {@link #AT_ONCE}; those that are not known are left out. */
  List<ContainerState> described(List<String> ids);

  @Override
  default Map<String, ContainerState> sweep(Set<String> ids) {
    Map<String, ContainerState> seen = new HashMap<>();
    List<String> all = new ArrayList<>(ids);
    for (int from = 0; from < all.size(); from += AT_ONCE) {
      described(all.subList(from, Math.min(from + AT_ONCE, all.size())))
          .forEach(state -> seen.put(state.id(), state));
    }
    return seen;
  }

  @Override
  default Optional<ContainerState> one(String id) {
    return Optional.ofNullable(sweep(Set.of(id)).get(id));
  }

  @Override
  default int atOnce() {
    return AT_ONCE;
  }

  @Override
  default boolean namesCanDouble() {
    return true;
  }
}
