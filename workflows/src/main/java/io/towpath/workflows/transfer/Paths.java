package io.towpath.workflows.transfer;

import java.util.List;

/**
 * Paths that a person should know of.
 *
 * @param first the first 50
 * @param count how many there are
 */
public record Paths(List<String> first, long count) {
  public static final Paths NONE = new Paths(List.of(), 0);

  public Paths {
    first = first == null ? List.of() : List.copyOf(first);
  }
}
