package io.towpath.sandbox.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds the route that a request line and its headers name. */
@FunctionalInterface
public interface Router {
  /**
   * What of a request decides the route.
   *
   * @param rawPath percent-encoded path with the platform's base
   */
  record Line(
      String method,
      String rawPath,
      Map<String, List<String>> query,
      Map<String, List<String>> headers) {}

  /**
   * The outcome of a search.
   *
   * @param route empty when nothing was found
   * @param rawPath percent-encoded path below the base
   * @param variables decoded values of the template's names
   * @param allowed methods that the path would take, when only the method was wrong
   */
  record Found(
      Optional<Route> route, String rawPath, Map<String, String> variables, Set<String> allowed) {
    public static Found of(Route route, String rawPath, Map<String, String> variables) {
      return new Found(Optional.of(route), rawPath, variables, Set.of());
    }

    public static Found nothing(String rawPath, Set<String> allowed) {
      return new Found(Optional.empty(), rawPath, Map.of(), allowed);
    }
  }

  Found find(Line line);
}
