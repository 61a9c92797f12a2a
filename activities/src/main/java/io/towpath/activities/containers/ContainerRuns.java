package io.towpath.activities.containers;

import io.towpath.activities.http.RateBudget;
import io.towpath.activities.poll.StatusReader;
import io.towpath.activities.submit.Effect;
import io.towpath.workflows.containers.RunContainer;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The containers of one place, such as a queue or a namespace, under one connection. No method
 * sends anything twice by itself; all fail with {@code PlatformException}.
 */
public interface ContainerRuns extends StatusReader.Source<ContainerState> {
  /** Every container with exactly this name, whoever made it, over all pages and states. */
  List<ContainerState> find(String name);

  /**
   * Does what has to be there before {@link #submit} and may be repeated, such as pulling the image
   * or registering a definition by its content.
   *
   * @param alive to be called every few seconds
   */
  default void prepare(RunContainer request, Runnable alive) {}

  /** The quota that {@link #submit} needs; see {@link Effect#quota}. */
  default Optional<RateBudget> quota() {
    return Optional.empty();
  }

  /**
   * Submits it, once, with its name and the spec's digest in it.
   *
   * @return the executor's id of it
   */
  String submit(RunContainer request);

  /** What is known of many; those that the executor does not know are left out. */
  @Override
  Map<String, ContainerState> sweep(Set<String> ids);

  @Override
  Optional<ContainerState> one(String id);

  @Override
  default boolean ended(ContainerState state) {
    return state.ended();
  }

  /** Copies what an ended one wrote, as far as the executor keeps it; nothing where it is gone. */
  void logs(ContainerState ended, OutputStream log);

  /**
   * Begins to stop one that has not ended; may be repeated. One that was never told to start may be
   * removed.
   *
   * @param grace how long the program has between the signal and the end, where the executor lets
   *     us choose
   */
  void cancel(ContainerState state, Duration grace);

  /** For how long the executor is sure to show what was once submitted. */
  Duration horizon();

  /** For how long after a submit a look by its id may miss it. */
  default Duration lag() {
    return Duration.ZERO;
  }

  /** Whether two may have the same name. */
  boolean namesCanDouble();

  /** Whether the executor itself ends what runs longer than its time-out. */
  boolean endsOverdue();
}
