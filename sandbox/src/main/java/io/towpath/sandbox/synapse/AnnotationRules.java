package io.towpath.sandbox.synapse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** The limits of annotations (AnnotationsV2Utils) and their normal form. */
final class AnnotationRules {
  private static final Pattern KEY = Pattern.compile("^[a-zA-Z0-9,_.]+$");
  private static final int MAX_KEYS = 100;
  private static final int MAX_VALUES = 100;
  private static final int MAX_CHARACTERS = 500;
  private static final String RESERVED = "_accessRequirementIds";

  private AnnotationRules() {}

  /** Checks the map of key to {@code {type, value}} and returns it with string values only. */
  static ObjectNode checked(ObjectNode annotations) {
    ObjectNode result = Json.object();
    for (Map.Entry<String, JsonNode> field : annotations.properties()) {
      String key = field.getKey().strip();
      checkKey(key);
      result.set(key, checkedValue(key, field.getValue()));
    }
    checkCount(result);
    return result;
  }

  static void checkCount(ObjectNode annotations) {
    if (annotations.size() > MAX_KEYS) {
      throw Refusals.badRequest(
          "Exceeded maximum number of annotation keys: "
              + MAX_KEYS
              + ", found: "
              + annotations.size());
    }
  }

  private static void checkKey(String key) {
    if (!KEY.matcher(key).matches()) {
      throw Refusals.badRequest(
          "Invalid annotation name: '"
              + key
              + "'. Annotation names may only contain; letters, numbers, '_' and '.'");
    }
    if (key.equals(RESERVED)) {
      throw Refusals.badRequest(RESERVED + " is a reserved system key.");
    }
  }

  private static ObjectNode checkedValue(String key, JsonNode given) {
    if (!given.isObject()) {
      throw Refusals.badRequest("Annotation value of key=" + key + " must not be null");
    }
    String type = Json.required(given, "type").toUpperCase(Locale.ROOT);
    List<JsonNode> values = Json.list(given, "value").orElse(List.of());
    if (values.size() > MAX_VALUES) {
      throw Refusals.badRequest(
          "Number of values exceeds limit for key=" + key + ": " + MAX_VALUES);
    }
    ObjectNode result = Json.object().put("type", type);
    ArrayNode texts = result.putArray("value");
    int characters = 0;
    for (JsonNode value : values) {
      if (value.isNull()) {
        throw Refusals.badRequest("null is not allowed. To indicate no values, use an empty list.");
      }
      String text = value.asText();
      checkType(key, type, text);
      characters += text.length();
      texts.add(text);
    }
    if (type.equals("STRING") && characters > MAX_CHARACTERS) {
      throw Refusals.badRequest(
          "Annotation value of key="
              + key
              + " exceeds the limit of "
              + MAX_CHARACTERS
              + " characters");
    }
    return result;
  }

  private static void checkType(String key, String type, String text) {
    boolean valid =
        switch (type) {
          case "STRING" -> true;
          case "LONG", "TIMESTAMP_MS" -> isLong(text);
          case "DOUBLE" -> isDouble(text);
          case "BOOLEAN" -> text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false");
          default -> throw Refusals.badRequest("No enum constant AnnotationsValueType." + type);
        };
    if (!valid) {
      throw Refusals.badRequest(
          "Value associated with key=" + key + " is not valid for type=" + type + ": " + text);
    }
  }

  private static boolean isLong(String text) {
    try {
      return !Long.toString(Long.parseLong(text)).isEmpty();
    } catch (NumberFormatException notANumber) {
      return false;
    }
  }

  private static boolean isDouble(String text) {
    if (text.equalsIgnoreCase("nan") || text.toLowerCase(Locale.ROOT).endsWith("infinity")) {
      return true;
    }
    try {
      return !Double.isNaN(Double.parseDouble(text));
    } catch (NumberFormatException notANumber) {
      return false;
    }
  }
}
