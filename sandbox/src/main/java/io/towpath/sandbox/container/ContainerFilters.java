package io.towpath.sandbox.container;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The {@code filters} of a listing: every name must fit one of its values, labels all of them. */
final class ContainerFilters {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Set<String> STATES =
      Set.of("created", "running", "paused", "restarting", "removing", "exited", "dead");
  private static final Set<String> KNOWN =
      Set.of("id", "name", "label", "status", "exited", "ancestor");

  private final Map<String, List<String>> filters;

  private ContainerFilters(Map<String, List<String>> filters) {
    this.filters = filters;
  }

  /** Reads lists of values, and the older form in which values are keys. */
  static ContainerFilters read(String json) {
    Map<String, List<String>> filters = new TreeMap<>();
    tree(json)
        .properties()
        .forEach(
            filter -> {
              List<String> values = new ArrayList<>();
              filter.getValue().forEach(value -> values.add(value.asText()));
              if (filter.getValue().isObject()) {
                values.clear();
                filter.getValue().fieldNames().forEachRemaining(values::add);
              }
              filters.put(filter.getKey(), values);
            });
    for (String name : filters.keySet()) {
      if (!KNOWN.contains(name)) {
        throw Refusals.bad("invalid filter '" + name + "'");
      }
    }
    for (String state : filters.getOrDefault("status", List.of())) {
      if (!STATES.contains(state)) {
        throw Refusals.bad("invalid value for status filter: " + state);
      }
    }
    return new ContainerFilters(filters);
  }

  private static JsonNode tree(String json) {
    try {
      return MAPPER.readTree(json.isEmpty() ? "{}" : json);
    } catch (JsonProcessingException e) {
      throw Refusals.bad("invalid filter");
    }
  }

  /** Whether ended containers are asked for by their status. */
  boolean looksAtStates() {
    return filters.containsKey("status") || filters.containsKey("exited");
  }

  boolean fit(Container container) {
    return any("id", id -> container.id().startsWith(id))
        && any("name", regex -> isFound(regex, container.name()))
        && any("status", container.state().status()::equals)
        && any(
            "exited",
            code -> container.state().exit().map(String::valueOf).filter(code::equals).isPresent())
        && any("ancestor", image -> isOf(container.image(), image))
        && filters.getOrDefault("label", List.of()).stream()
            .allMatch(label -> isOn(ContainerJson.labels(container), label));
  }

  private boolean any(String name, java.util.function.Predicate<String> fits) {
    List<String> values = filters.getOrDefault(name, List.of());
    return values.isEmpty() || values.stream().anyMatch(fits);
  }

  /** A regular expression that is searched in the name, with and without its slash. */
  private static boolean isFound(String regex, String name) {
    try {
      Pattern pattern = Pattern.compile(regex);
      return pattern.matcher("/" + name).find() || pattern.matcher(name).find();
    } catch (PatternSyntaxException e) {
      return name.equals(regex);
    }
  }

  private static boolean isOf(Image image, String name) {
    return image.id.equals(name)
        || image.tags.contains(ImageRoutes.full(name))
        || image.digests.contains(name);
  }

  private static boolean isOn(JsonNode labels, String label) {
    int equals = label.indexOf('=');
    return equals < 0
        ? labels.has(label)
        : labels.path(label.substring(0, equals)).asText().equals(label.substring(equals + 1))
            && labels.has(label.substring(0, equals));
  }
}
