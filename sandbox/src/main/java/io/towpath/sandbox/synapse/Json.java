package io.towpath.sandbox.synapse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads JSON as leniently as Synapse does: explicit nulls are absent, numbers may stand for ids.
 */
final class Json {
  static final ObjectMapper MAPPER = new ObjectMapper();
  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private Json() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static ArrayNode array() {
    return JsonNodeFactory.instance.arrayNode();
  }

  static ObjectNode parse(byte[] body) {
    try {
      JsonNode node = MAPPER.readTree(body);
      if (node instanceof ObjectNode object) {
        return object;
      }
    } catch (JsonProcessingException unreadable) {
      throw Refusals.badRequest("Could not read the JSON body: " + unreadable.getOriginalMessage());
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
    throw Refusals.badRequest("A JSONObject text must begin with '{' at 1 [character 2 line 1]");
  }

  static String write(JsonNode node) {
    try {
      return MAPPER.writeValueAsString(node);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  static Optional<String> text(JsonNode node, String field) {
    JsonNode value = node.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (value.isContainerNode()) {
      throw Refusals.badRequest("JSONObject[\"" + field + "\"] is not a string.");
    }
    return Optional.of(value.asText());
  }

  static String required(JsonNode node, String field) {
    return text(node, field).orElseThrow(() -> Refusals.badRequest(field + " is required."));
  }

  /** The text, which must be one of the names of an enumeration; a misfit is a bad request. */
  static Optional<String> oneOf(JsonNode node, String field, Collection<String> names) {
    Optional<String> text = text(node, field);
    if (text.isPresent() && !names.contains(text.get())) {
      throw Refusals.badRequest(
          "JSONObject[\"" + field + "\"] is not one of " + names + ": " + text.get());
    }
    return text;
  }

  /** Texts of an array; numbers and booleans stand for their text. */
  static Optional<List<String>> texts(JsonNode node, String field) {
    return list(node, field).map(items -> items.stream().map(item -> text(field, item)).toList());
  }

  private static String text(String field, JsonNode item) {
    if (item.isContainerNode() || item.isNull()) {
      throw Refusals.badRequest("JSONArray \"" + field + "\" has a value that is not a string.");
    }
    return item.asText();
  }

  static OptionalLong number(JsonNode node, String field) {
    Optional<String> text = text(node, field);
    if (text.isEmpty()) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Long.parseLong(text.get().strip()));
    } catch (NumberFormatException notANumber) {
      throw Refusals.badRequest("JSONObject[\"" + field + "\"] is not a long.");
    }
  }

  static boolean flag(JsonNode node, String field) {
    return text(node, field).map("true"::equalsIgnoreCase).orElse(false);
  }

  static Optional<ObjectNode> object(JsonNode node, String field) {
    JsonNode value = node.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (value instanceof ObjectNode object) {
      return Optional.of(object);
    }
    throw Refusals.badRequest("JSONObject[\"" + field + "\"] is not a JSONObject.");
  }

  static Optional<List<JsonNode>> list(JsonNode node, String field) {
    JsonNode value = node.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isArray()) {
      throw Refusals.badRequest("JSONObject[\"" + field + "\"] is not a JSONArray.");
    }
    List<JsonNode> items = new ArrayList<>();
    value.forEach(items::add);
    return Optional.of(items);
  }

  static String date(Instant instant) {
    return MILLIS.format(instant);
  }

  /** Puts the field unless the value is empty: Synapse leaves nulls out. */
  static void put(ObjectNode node, String field, Optional<String> value) {
    value.ifPresent(text -> node.put(field, text));
  }

  /** Synapse's paged list of {@code results} with their total number. */
  static ObjectNode page(List<? extends JsonNode> all, long offset, long limit) {
    ObjectNode page = object();
    ArrayNode results = page.putArray("results");
    all.stream().skip(offset).limit(limit).forEach(results::add);
    page.put("totalNumberOfResults", all.size());
    return page;
  }
}
