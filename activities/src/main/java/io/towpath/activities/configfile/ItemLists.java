package io.towpath.activities.configfile;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.towpath.workflows.configfile.ConfigFileActivities;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;

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
  private static final ObjectMapper YAML =
      new ObjectMapper(
          YAMLFactory.builder()
              .loaderOptions(options())
              .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
              .build());

  private final JsonNode root;

  private ItemLists(JsonNode root) {
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
      return new ItemLists(YAML.readTree(bytes));
    } catch (IOException | RuntimeException e) {
      String first = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      throw new Unreadable("is no YAML or JSON: " + first);
    }
  }

  /** The names at a path such as {@code datasets[*].keys}, in the file's order. */
  List<String> at(String path) throws Unreadable {
    if (!PATH.matcher(path).matches()) {
      throw new Unreadable(
          "\"" + path + "\" is no path; expected such as datasets[*].keys or datasets");
    }
    List<JsonNode> nodes = List.of(root);
    String[] parts = path.split("\\.", -1);
    for (int i = 0; i < parts.length; i++) {
      boolean last = i == parts.length - 1;
      nodes = last && parts[i].equals(KEYS) ? names(nodes) : step(nodes, parts[i]);
    }
    List<String> items = new ArrayList<>();
    for (JsonNode node : nodes) {
      collect(node, path, items);
    }
    if (items.isEmpty()) {
      throw new Unreadable("has nothing at " + path);
    }
    if (items.size() > ConfigFileActivities.MOST_ITEMS) {
      throw new Unreadable(
          "has "
              + items.size()
              + " items at "
              + path
              + "; a step may have "
              + ConfigFileActivities.MOST_ITEMS);
    }
    return items;
  }

  private static List<JsonNode> step(List<JsonNode> nodes, String part) {
    boolean each = part.endsWith(EACH);
    String name = each ? part.substring(0, part.length() - EACH.length()) : part;
    List<JsonNode> found = new ArrayList<>();
    for (JsonNode node : nodes) {
      JsonNode value = node.path(name);
      if (each) {
        value.forEach(found::add);
      } else {
        found.add(value);
      }
    }
    return found;
  }

  private static List<JsonNode> names(List<JsonNode> nodes) {
    List<JsonNode> names = new ArrayList<>();
    for (JsonNode node : nodes) {
      node.fieldNames().forEachRemaining(name -> names.add(YAML.valueToTree(name)));
    }
    return names;
  }

  private static void collect(JsonNode node, String path, List<String> items) throws Unreadable {
    if (node.isArray()) {
      for (JsonNode entry : node) {
        collect(entry, path, items);
      }
    } else if (node.isObject()) {
      throw new Unreadable("has an object at " + path + "; write " + path + ".keys for its names");
    } else if (node.isValueNode() && !node.isNull()) {
      items.add(node.asText());
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
