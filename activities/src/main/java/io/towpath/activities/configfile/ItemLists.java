package io.towpath.activities.configfile;

import io.towpath.workflows.configfile.ConfigFileActivities;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Lists of names in a configuration file, YAML or JSON. Anchors are followed; a file that grows
 * without bound by them is refused.
 */
final class ItemLists {
  private static final int MOST_ALIASES = 200;
  private static final int MOST_DEPTH = 50;
  private static final Pattern PATH =
      Pattern.compile("[A-Za-z0-9_-]+(\\[\\*])?(\\.[A-Za-z0-9_-]+(\\[\\*])?)*");
  private static final String EACH = "[*]";
  private static final String KEYS = "keys";
  private final @Nullable Object root;

  private ItemLists(@Nullable Object root) {
    this.root = root;
  }

  /** What cannot be read; its message says where and why. */
  static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1;

    Unreadable(String message) {
      super(message);
    }
  }

  static ItemLists of(byte[] bytes) throws Unreadable {
    try {
      String text = new String(bytes, StandardCharsets.UTF_8);
      return new ItemLists(new Yaml(new SafeConstructor(options())).load(text));
    } catch (YAMLException e) {
      String why = String.valueOf(e.getMessage()).strip().replaceAll("\\s*\n\\s*", " ");
      throw new Unreadable("is no YAML or JSON: " + why);
    }
  }

  /** The names at a path such as {@code datasets[*].keys}, in the file's order. */
  List<String> at(String path) throws Unreadable {
    if (!PATH.matcher(path).matches()) {
      throw new Unreadable(
          "\"" + path + "\" is no path; expected such as datasets[*].keys or datasets");
    }
    List<Object> values = root == null ? List.of() : List.of(root);
    String[] parts = path.split("\\.", -1);
    for (int i = 0; i < parts.length; i++) {
      boolean last = i == parts.length - 1;
      values = last && parts[i].equals(KEYS) ? names(values) : step(values, parts[i]);
    }
    List<String> items = new ArrayList<>();
    for (Object value : values) {
      collect(value, path, items);
    }
    if (items.isEmpty()) {
      throw new Unreadable("has nothing at " + path);
    }
    return items;
  }

  private static List<Object> step(List<Object> values, String part) {
    boolean each = part.endsWith(EACH);
    String name = each ? part.substring(0, part.length() - EACH.length()) : part;
    List<Object> found = new ArrayList<>();
    for (Object value : values) {
      Object inner = value instanceof Map<?, ?> map ? map.get(name) : null;
      if (each && inner instanceof Collection<?> entries) {
        entries.stream().filter(Objects::nonNull).forEach(found::add);
      } else if (!each && inner != null) {
        found.add(inner);
      }
    }
    return found;
  }

  private static List<Object> names(List<Object> values) {
    List<Object> names = new ArrayList<>();
    for (Object value : values) {
      if (value instanceof Map<?, ?> map) {
        names.addAll(map.keySet());
      }
    }
    return names;
  }

  /** Anchors can make a small file speak of very many values: it stops where they are too many. */
  private static void collect(@Nullable Object value, String path, List<String> items)
      throws Unreadable {
    if (value instanceof Collection<?> list) {
      for (Object entry : list) {
        collect(entry, path, items);
      }
    } else if (value instanceof Map<?, ?>) {
      throw new Unreadable("has an object at " + path + "; write " + path + ".keys for its names");
    } else if (value != null) {
      if (items.size() == ConfigFileActivities.MOST_ITEMS) {
        throw new Unreadable(
            "has more than "
                + items.size()
                + " items at "
                + path
                + "; a step has room for no more");
      }
      items.add(String.valueOf(value));
    }
  }

  private static LoaderOptions options() {
    LoaderOptions options = new LoaderOptions();
    options.setMaxAliasesForCollections(MOST_ALIASES);
    options.setNestingDepthLimit(MOST_DEPTH);
    options.setCodePointLimit(ConfigFetch.MOST_BYTES);
    options.setAllowDuplicateKeys(false);
    return options;
  }
}
