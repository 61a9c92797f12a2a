package io.towpath.sandbox.http;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Finds routes by path template below any of a platform's bases. */
public final class TemplateRouter implements Router {
  private record Entry(Route route, Template template) {}

  private final List<String> bases;
  private final List<Entry> entries;

  public TemplateRouter(List<String> bases, List<Route> routes) {
    this.bases = List.copyOf(bases);
    this.entries =
        routes.stream()
            .map(route -> new Entry(route, new Template(route.template())))
            .sorted(Comparator.comparing(entry -> entry.template().rank()))
            .toList();
  }

  @Override
  public Found find(Line line) {
    Set<String> allowed = new TreeSet<>();
    for (String base : bases) {
      Optional<String> below = below(base, line.rawPath());
      if (below.isPresent()) {
        Optional<Found> found = find(line.method(), below.get(), allowed);
        if (found.isPresent()) {
          return found.get();
        }
      }
    }
    return Found.nothing(line.rawPath(), allowed);
  }

  private Optional<Found> find(String method, String rawPath, Set<String> allowed) {
    Optional<Found> byGet = Optional.empty();
    for (Entry entry : entries) {
      Optional<Map<String, String>> variables = entry.template().match(rawPath);
      if (variables.isPresent()) {
        Found found = Found.of(entry.route(), rawPath, variables.get());
        if (entry.route().method().equals(method)) {
          return Optional.of(found);
        }
        allowed.add(entry.route().method());
        if (method.equals("HEAD") && entry.route().method().equals("GET") && byGet.isEmpty()) {
          byGet = Optional.of(found);
        }
      }
    }
    return byGet;
  }

  private static Optional<String> below(String base, String rawPath) {
    if (!rawPath.startsWith(base)) {
      return Optional.empty();
    }
    String below = rawPath.substring(base.length());
    if (below.isEmpty()) {
      return Optional.of("/");
    }
    return below.startsWith("/") ? Optional.of(below) : Optional.empty();
  }
}
