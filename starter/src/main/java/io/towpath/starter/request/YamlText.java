package io.towpath.starter.request;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.reader.ReaderException;

/**
 * Reads one YAML object. Only the tree is SnakeYAML's; what a scalar means is decided by {@link
 * YamlScalar}, so that {@code no} stays a text and {@code 3.10} is not 3.1.
 */
final class YamlText {
  static final int MAX_DEPTH = 50;

  /** As in JSON: what is longer cannot be sent on. */
  private static final int MAX_DIGITS = 1_000;

  /** Values and their characters, counted again wherever an alias repeats them. */
  private static final long MAX_SIZE = 2L * RequestFile.MAX_BYTES;

  private long size;

  private YamlText() {}

  static Map<String, Object> read(String text) throws MalformedText {
    LoaderOptions options = new LoaderOptions();
    options.setNestingDepthLimit(MAX_DEPTH);
    Node root;
    try {
      root = new Yaml(new SafeConstructor(options)).compose(new StringReader(text));
    } catch (MarkedYAMLException e) {
      throw malformed(e);
    } catch (ReaderException e) {
      throw new MalformedText(1, 1, "malformed YAML: a control character at " + e.getPosition());
    } catch (YAMLException e) {
      throw new MalformedText(1, 1, "malformed YAML: " + e.getMessage());
    }
    if (!(root instanceof MappingNode object)) {
      throw new MalformedText(1, 1, "a request is one YAML object, \"name: value\" lines");
    }
    return new YamlText().object(object, 0);
  }

  private @Nullable Object value(Node node, int depth) throws MalformedText {
    size += 1 + (node instanceof ScalarNode scalar ? scalar.getValue().length() : 0);
    if (depth > MAX_DEPTH || size > MAX_SIZE) {
      throw at(node, "too deep, too large, or an alias that holds itself");
    }
    if (node instanceof MappingNode object) {
      return object(object, depth + 1);
    }
    if (node instanceof SequenceNode sequence) {
      List<@Nullable Object> list = new ArrayList<>();
      for (Node item : sequence.getValue()) {
        list.add(value(item, depth + 1));
      }
      return list;
    }
    Object scalar = YamlScalar.value((ScalarNode) node);
    if (scalar instanceof Number && ((ScalarNode) node).getValue().length() > MAX_DIGITS) {
      throw at(node, "a number has more than 1,000 digits");
    }
    return scalar;
  }

  @SuppressWarnings("NullAway")
  private Map<String, Object> object(MappingNode node, int depth) throws MalformedText {
    Map<String, Object> object = new LinkedHashMap<>();
    for (NodeTuple field : node.getValue()) {
      if (!(field.getKeyNode() instanceof ScalarNode key)) {
        throw at(field.getKeyNode(), "a field name must be a text");
      }
      if (key.getValue().equals("<<")) {
        throw at(key, "merge keys (<<) are not supported; write the fields out");
      }
      if (object.containsKey(key.getValue())) {
        throw at(key, "duplicate field \"" + key.getValue() + "\"");
      }
      object.put(key.getValue(), value(field.getValueNode(), depth));
    }
    return object;
  }

  private static MalformedText malformed(MarkedYAMLException e) {
    Mark mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
    String problem = String.valueOf(e.getProblem());
    String text =
        problem.contains("but found another document")
            ? "a second document begins; a file holds one request"
            : "malformed YAML: " + problem;
    return mark == null
        ? new MalformedText(1, 1, text)
        : new MalformedText(mark.getLine() + 1L, mark.getColumn() + 1L, text);
  }

  private static MalformedText at(Node node, String text) {
    Mark mark = node.getStartMark();
    return new MalformedText(mark.getLine() + 1L, mark.getColumn() + 1L, text);
  }
}
