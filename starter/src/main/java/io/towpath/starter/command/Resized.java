package io.towpath.starter.command;

import io.towpath.starter.exit.Stop;
import io.towpath.workflows.progress.Resources;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A release's request in which some items get other resources; what is wrong with them, it says.
 */
final class Resized {
  private Resized() {}

  /**
   * @param items as {@code step/item}, as {@code step}, or as {@code item} where one step alone has
   *     items
   */
  static Map<String, Object> of(
      Map<String, Object> request, List<String> items, Resources resources) {
    List<Map<String, Object>> steps = new ArrayList<>();
    if (request.get("steps") instanceof List<?> list) {
      list.forEach(step -> steps.add(copy(step)));
    }
    if (steps.isEmpty()) {
      throw Stop.badInput("nothing that this run does has resources");
    }
    if (items.isEmpty()) {
      throw Stop.badInput("name the items that get other resources, as step/item");
    }
    items.forEach(item -> resize(steps, item, resources));
    Map<String, Object> resized = new LinkedHashMap<>(request);
    resized.put("steps", steps);
    return resized;
  }

  /** A step without items, or all items of one, go by the step's name alone. */
  private static void resize(List<Map<String, Object>> steps, String word, Resources given) {
    int slash = word.indexOf('/');
    String name = slash < 0 ? word : word.substring(0, slash);
    List<Map<String, Object>> meant =
        steps.stream().filter(step -> name.equals(step.get("name"))).toList();
    if (!meant.isEmpty() && slash < 0) {
      Map<String, Object> resources = inner(meant.get(0), "resources");
      sized(inner(resources, "default"), given);
      return;
    }
    if (slash < 0) {
      meant = steps.stream().filter(step -> step.containsKey("items")).toList();
    }
    if (meant.size() != 1) {
      throw Stop.badInput(
          "\""
              + word
              + "\" is not clear; name it as step/item, with one of the steps "
              + String.join(", ", steps.stream().map(step -> "" + step.get("name")).toList()));
    }
    String item = word.substring(slash + 1);
    Map<String, Object> resources = inner(meant.get(0), "resources");
    Map<String, Object> overrides = inner(resources, "overrides");
    Map<String, Object> size = copy(resources.get("default"));
    size.putAll(copy(overrides.get(item)));
    overrides.put(item, size);
    sized(size, given);
  }

  private static void sized(Map<String, Object> size, Resources given) {
    given.cpus().ifPresent(cpus -> size.put("cpus", cpus));
    given.memoryGb().ifPresent(memory -> size.put("memoryGb", memory));
  }

  /** The object under a name, made where it is missing; a copy that takes its place. */
  private static Map<String, Object> inner(Map<String, Object> outer, String name) {
    Map<String, Object> inner = copy(outer.get(name));
    outer.put(name, inner);
    return inner;
  }

  private static Map<String, Object> copy(@Nullable Object object) {
    Map<String, Object> copy = new LinkedHashMap<>();
    if (object instanceof Map<?, ?> map) {
      map.forEach((key, value) -> copy.put(String.valueOf(key), value));
    }
    return copy;
  }
}
