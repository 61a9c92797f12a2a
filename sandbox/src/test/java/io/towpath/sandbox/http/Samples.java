package io.towpath.sandbox.http;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.StringJoiner;

/** Bodies and queries as an OpenAPI file describes them, and odd ones made from these. */
final class Samples {
  /** A body that is wrong in one way. */
  @SuppressWarnings("ArrayRecordComponent") // one body's own bytes, never compared
  record Odd(byte[] bytes, String what) {}

  private static final String SCHEMAS = "#/components/schemas/";

  /** Known as the value of a field that ordinary bodies do not have. */
  static final String LEFT_OUT = "-";

  private static final int DEEPEST = 4;
  private static final int MOST_PLACES = 60;
  private static final int PER_PLACE = 5;
  private static final String MARK = "\"@odd@\"";
  private static final List<String> VALUES =
      List.of(
          "null",
          "\"\"",
          "true",
          "0",
          "-1",
          "1.5",
          "2147483648",
          "9223372036854775808",
          "1e400",
          "-1e-400",
          "\"99999999999999999999\"",
          "\"syn999999999\"",
          "\"x y\"",
          "\"\\u0000\"",
          "\"\\ud800\"",
          "\"ünï 🧬 ' \\\" <\"",
          "\"../../etc/passwd\"",
          "\"" + "x".repeat(5000) + "\"",
          "{}",
          "[]",
          "[null]",
          "[[1]]",
          "{\"a\":{\"b\":[]}}");
  private static final List<String> WHOLE =
      List.of(
          "",
          " ",
          "null",
          "[]",
          "{}",
          "1",
          "\"x\"",
          "{",
          "{\"a\":",
          "{}{}",
          "\u0000",
          "{'a':1}",
          "{\"a\":NaN}",
          "{\"a\":1e999999999}",
          "[".repeat(5000),
          "{\"a\":".repeat(3000));

  private final JsonNode document;
  private final Random random;

  Samples(JsonNode document, Random random) {
    this.document = document;
    this.random = random;
  }

  /** An ordinary body, missing when the operation takes none. */
  JsonNode body(JsonNode operation, Map<String, String> known) {
    JsonNode schema = operation.at("/requestBody/content/application~1json/schema");
    return schema.isMissingNode() ? MissingNode.getInstance() : value(schema, "", known, 0);
  }

  private JsonNode value(JsonNode given, String name, Map<String, String> known, int depth) {
    String type = given.path("$ref").asText().replace(SCHEMAS, "");
    JsonNode schema =
        known.containsKey(type)
            ? document.path("components").path("schemas").path(known.get(type))
            : resolve(given);
    JsonNodeFactory json = JsonNodeFactory.instance;
    if (schema.path("enum").size() > 0) {
      return schema.path("enum").get(0);
    }
    if (schema.path("oneOf").size() > 0) {
      int chosen = random.nextInt(schema.path("oneOf").size());
      return value(schema.path("oneOf").get(chosen), name, known, depth);
    }
    return switch (schema.path("type").asText(schema.has("properties") ? "object" : "string")) {
      case "array" -> array(schema, name, known, depth);
      case "object" -> depth > DEEPEST ? json.objectNode() : object(schema, known, depth);
      case "boolean" -> json.booleanNode(random.nextBoolean());
      case "integer", "number" -> json.numberNode(Long.parseLong(known.getOrDefault(name, "1")));
      default -> json.textNode(known.getOrDefault(name, "x"));
    };
  }

  private ArrayNode array(JsonNode schema, String name, Map<String, String> known, int depth) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    return array.add(value(schema.path("items"), name, known, depth + 1));
  }

  private ObjectNode object(JsonNode schema, Map<String, String> known, int depth) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    List<JsonNode> parts = new ArrayList<>(List.of(schema));
    schema.path("allOf").forEach(part -> parts.add(resolve(part)));
    for (JsonNode part : parts) {
      for (var property : part.path("properties").properties()) {
        String name = property.getKey();
        if (!LEFT_OUT.equals(known.get(name))) {
          object.set(name, value(property.getValue(), name, known, depth + 1));
        }
      }
    }
    return object;
  }

  private JsonNode resolve(JsonNode schema) {
    JsonNode at = schema;
    while (at.has("$ref")) {
      at = document.at(at.path("$ref").asText().substring(1));
    }
    return at;
  }

  /** Bodies with one odd value, with one field missing, and ones that are odd as a whole. */
  List<Odd> bodies(JsonNode body) {
    List<Odd> odd = new ArrayList<>();
    for (String whole : WHOLE) {
      odd.add(new Odd(whole.getBytes(StandardCharsets.UTF_8), "body " + shortened(whole)));
    }
    odd.add(new Odd(new byte[] {'{', '"', (byte) 0xff, (byte) 0xc0, '"', ':', '1', '}'}, "UTF-8"));
    List<JsonPointer> places = new ArrayList<>();
    collect(body, JsonPointer.empty(), places);
    for (JsonPointer place : places.subList(0, Math.min(MOST_PLACES, places.size()))) {
      odd.add(new Odd(without(body, place), "without " + place));
      for (int i = 0; i < PER_PLACE; i++) {
        String value = VALUES.get(random.nextInt(VALUES.size()));
        odd.add(new Odd(with(body, place, value), place + " = " + shortened(value)));
      }
    }
    return odd;
  }

  private static void collect(JsonNode node, JsonPointer at, List<JsonPointer> places) {
    if (node.isObject()) {
      for (var field : node.properties()) {
        places.add(at.appendProperty(field.getKey()));
      }
      for (var field : node.properties()) {
        collect(field.getValue(), at.appendProperty(field.getKey()), places);
      }
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        places.add(at.appendIndex(i));
        collect(node.get(i), at.appendIndex(i), places);
      }
    }
  }

  private static byte[] without(JsonNode body, JsonPointer place) {
    JsonNode copy = body.deepCopy();
    if (copy.at(place.head()) instanceof ObjectNode parent) {
      parent.remove(place.last().getMatchingProperty());
    } else if (copy.at(place.head()) instanceof ArrayNode list) {
      list.removeAll();
    }
    return copy.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] with(JsonNode body, JsonPointer place, String value) {
    JsonNode copy = body.deepCopy();
    JsonNode mark = JsonNodeFactory.instance.textNode(MARK.substring(1, MARK.length() - 1));
    if (copy.at(place.head()) instanceof ObjectNode parent) {
      parent.set(place.last().getMatchingProperty(), mark);
    } else if (copy.at(place.head()) instanceof ArrayNode list) {
      list.set(place.last().getMatchingIndex(), mark);
    }
    return copy.toString().replace(MARK, value).getBytes(StandardCharsets.UTF_8);
  }

  /** The ordinary query, from its question mark on. */
  String query(JsonNode operation, Map<String, String> known) {
    return query(operation, known, "", "");
  }

  /** Queries with one odd value each, and some that are odd as a whole. */
  List<String> queries(JsonNode operation, Map<String, String> known) {
    List<String> odd = new ArrayList<>(List.of("?", "?&&=&", "?no=such&no=such", "?%", "?a=%zz"));
    for (JsonNode parameter : operation.path("parameters")) {
      String name = parameter.path("name").asText();
      if (parameter.path("in").asText().equals("query")) {
        for (String value : List.of("", "-1", "99999999999999999999", "x y", "\u0000", "[]", "*")) {
          odd.add(query(operation, known, name, value));
        }
      }
    }
    return odd;
  }

  private String query(
      JsonNode operation, Map<String, String> known, String oddName, String oddValue) {
    StringJoiner query = new StringJoiner("&", "?", "").setEmptyValue("");
    for (JsonNode parameter : operation.path("parameters")) {
      String name = parameter.path("name").asText();
      boolean odd = name.equals(oddName);
      boolean wanted = odd || known.containsKey(name) || parameter.path("required").asBoolean();
      if (parameter.path("in").asText().equals("query") && wanted) {
        JsonNode value = value(parameter.path("schema"), name, known, 0);
        JsonNode one = value.isArray() ? value.path(0) : value;
        String text = odd ? oddValue : known.getOrDefault(name, one.asText());
        query.add(name + "=" + URLEncoder.encode(text, StandardCharsets.UTF_8));
      }
    }
    return query.toString();
  }

  private static String shortened(String text) {
    return text.length() > 40 ? text.substring(0, 40) + "…" : text;
  }
}
