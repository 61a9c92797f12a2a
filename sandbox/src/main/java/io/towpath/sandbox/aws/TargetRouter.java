package io.towpath.sandbox.aws;

import io.towpath.sandbox.http.Route;
import io.towpath.sandbox.http.Router;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Finds the operation that the header {@code X-Amz-Target} names; all are posted to {@code /}. */
final class TargetRouter implements Router {
  private final String prefix;
  private final Map<String, Route> byOperation;

  /**
   * @param prefix service and version, before the dot
   */
  TargetRouter(String prefix, List<Route> routes) {
    this.prefix = prefix + ".";
    this.byOperation = routes.stream().collect(Collectors.toMap(Route::label, Function.identity()));
  }

  @Override
  public Found find(Line line) {
    String target =
        line.headers().getOrDefault("x-amz-target", List.of()).stream().findFirst().orElse("");
    if (!line.method().equals("POST")) {
      return Found.nothing(line.rawPath(), Set.of("POST"));
    }
    Route route =
        target.startsWith(prefix) ? byOperation.get(target.substring(prefix.length())) : null;
    return route == null
        ? Found.nothing(line.rawPath(), Set.of())
        : Found.of(route, line.rawPath(), Map.of());
  }
}
