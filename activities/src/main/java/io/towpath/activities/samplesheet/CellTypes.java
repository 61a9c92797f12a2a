package io.towpath.activities.samplesheet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What the cells of a CSV or TSV are to a schema, as nf-schema takes them: what looks like a number
 * or a flag is one, unless the schema wants a text in that column and nothing else.
 */
final class CellTypes {
  private static final Pattern NUMBER =
      Pattern.compile("-?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,3})?");
  private static final int LONGEST_NUMBER = 40;

  private final Map<String, Set<String>> types = new LinkedHashMap<>();

  CellTypes(JsonNode items) {
    collect(items, items, 0);
  }

  Set<String> columns() {
    return types.keySet();
  }

  JsonNode cast(String column, String text) {
    Set<String> wanted = types.getOrDefault(column, Set.of());
    boolean any = wanted.isEmpty();
    String lower = text.toLowerCase(java.util.Locale.ROOT);
    if ((any || wanted.contains("boolean")) && (lower.equals("true") || lower.equals("false"))) {
      return BooleanNode.valueOf(lower.equals("true"));
    }
    if ((any || wanted.contains("integer") || wanted.contains("number"))
        && text.length() <= LONGEST_NUMBER
        && NUMBER.matcher(text).matches()) {
      return DecimalNode.valueOf(new BigDecimal(text));
    }
    return TextNode.valueOf(text);
  }

  private void collect(JsonNode schema, JsonNode root, int depth) {
    if (depth > 8) {
      return;
    }
    schema
        .path("properties")
        .properties()
        .forEach(
            property -> {
              Set<String> found = types.computeIfAbsent(property.getKey(), name -> new TreeSet<>());
              collectTypes(property.getValue(), root, found, depth);
            });
    for (JsonNode part : parts(schema, root)) {
      collect(part, root, depth + 1);
    }
  }

  private static void collectTypes(JsonNode property, JsonNode root, Set<String> found, int depth) {
    if (depth > 8) {
      return;
    }
    JsonNode type = property.path("type");
    if (type.isTextual()) {
      found.add(type.asText());
    }
    type.forEach(one -> found.add(one.asText()));
    for (JsonNode part : parts(property, root)) {
      collectTypes(part, root, found, depth + 1);
    }
  }

  private static List<JsonNode> parts(JsonNode schema, JsonNode root) {
    List<JsonNode> parts = new java.util.ArrayList<>();
    for (String name : List.of("allOf", "anyOf", "oneOf")) {
      schema.path(name).forEach(parts::add);
    }
    String ref = schema.path("$ref").asText("");
    if (ref.startsWith("#/")) {
      parts.add(root.at(ref.substring(1)));
    }
    return parts;
  }
}
