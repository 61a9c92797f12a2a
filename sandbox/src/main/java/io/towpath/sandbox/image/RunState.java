package io.towpath.sandbox.image;

import java.time.Instant;
import java.util.Optional;

/**
 * How the program of a container stands at one moment.
 *
 * @param status {@code created}, {@code running}, {@code exited}, or a word of a plan
 * @param exit empty while it runs, and when it never began
 * @param error what went wrong outside of the program; empty normally
 * @param pid 0 when there is no process
 */
public record RunState(
    String status,
    Optional<Instant> started,
    Optional<Instant> finished,
    Optional<Integer> exit,
    String error,
    long pid) {
  public static final String CREATED = "created";
  public static final String RUNNING = "running";
  public static final String EXITED = "exited";

  /** Of a container that was never started. */
  public static final RunState NEW =
      new RunState(CREATED, Optional.empty(), Optional.empty(), Optional.empty(), "", 0);

  /** Whether the program goes on; a plan may let it be {@code created} for a while first. */
  public boolean isAlive() {
    return finished.isEmpty() && exit.isEmpty() && !equals(NEW);
  }
}
