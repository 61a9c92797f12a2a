package io.towpath.workflows.progress;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Why a run is paused: somebody's word about the run itself, or about a connection that it uses.
 * Each is taken back by itself, so that the end of an outage resumes nothing that a person paused.
 */
public final class Pauses {
  private static final String ITSELF = "";

  private final Set<String> reasons = new TreeSet<>();

  /** Says whether the reason is new. */
  public boolean add(Optional<String> connection) {
    return reasons.add(connection.orElse(ITSELF));
  }

  /** A word about the run itself takes back all the others. */
  public void end(Optional<String> connection) {
    connection.ifPresentOrElse(reasons::remove, reasons::clear);
  }

  boolean any() {
    return !reasons.isEmpty();
  }

  /** For people; empty when the run is not paused. */
  public String words() {
    return String.join(
        ", ", reasons.stream().map(why -> why.equals(ITSELF) ? "an operator" : why).toList());
  }
}
