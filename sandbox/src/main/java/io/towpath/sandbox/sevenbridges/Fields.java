package io.towpath.sandbox.sevenbridges;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads fields of request bodies and writes those of answers. */
final class Fields {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private Fields() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static ArrayNode array() {
    return JsonNodeFactory.instance.arrayNode();
  }

  static ArrayNode texts(Iterable<String> items) {
    ArrayNode array = array();
    items.forEach(array::add);
    return array;
  }

  /** A body; none and {@code null} are a null node. */
  static JsonNode parse(byte[] body) {
    try {
      JsonNode tree = body.length == 0 ? MAPPER.nullNode() : MAPPER.readTree(body);
      return tree.isMissingNode() ? MAPPER.nullNode() : tree;
    } catch (JsonProcessingException notJson) {
      throw Refusal.UNREADABLE.thrown();
    } catch (IOException impossible) {
      throw Refusal.UNREADABLE.thrown();
    }
  }

  /** An object; none and {@code null} are an empty one. */
  static ObjectNode asObject(JsonNode tree) {
    if (tree instanceof ObjectNode object) {
      return object;
    }
    if (tree.isNull() || tree.isMissingNode()) {
      return object();
    }
    throw Refusal.UNREADABLE.thrown("A JSON object is expected.");
  }

  /** A text that is not empty; null and absent are none. */
  static Optional<String> text(JsonNode object, String name) {
    JsonNode value = object.path(name);
    if (value.isNull() || value.isMissingNode()) {
      return Optional.empty();
    }
    if (!value.isTextual()) {
      throw Refusal.BAD_REQUEST.thrown("Field " + name + " must be a string.");
    }
    return Optional.of(value.textValue()).filter(text -> !text.isEmpty());
  }

  static boolean flag(JsonNode object, String name, boolean fallback) {
    JsonNode value = object.path(name);
    if (value.isNull() || value.isMissingNode()) {
      return fallback;
    }
    if (!value.isBoolean()) {
      throw Refusal.BAD_REQUEST.thrown("Field " + name + " must be a boolean.");
    }
    return value.booleanValue();
  }

  /** The object under a name; null and absent are an empty one. */
  static ObjectNode objectAt(JsonNode object, String name) {
    JsonNode value = object.path(name);
    if (value instanceof ObjectNode found) {
      return found;
    }
    if (value.isNull() || value.isMissingNode()) {
      return object();
    }
    throw Refusal.BAD_REQUEST.thrown("Field " + name + " must be an object.");
  }

  /** Distinct texts of an array; null is an empty one. */
  static List<String> textList(JsonNode value, String name) {
    List<String> texts = new ArrayList<>();
    if (value.isNull() || value.isMissingNode()) {
      return texts;
    }
    if (!value.isArray()) {
      throw Refusal.BAD_REQUEST.thrown("Field " + name + " must be an array of strings.");
    }
    for (JsonNode item : value) {
      if (!item.isTextual()) {
        throw Refusal.BAD_REQUEST.thrown("Field " + name + " must be an array of strings.");
      }
      texts.add(item.textValue());
    }
    return texts;
  }

  static void put(ObjectNode node, String name, Optional<String> text) {
    if (text.isPresent()) {
      node.put(name, text.get());
    } else {
      node.putNull(name);
    }
  }

  static void putTime(ObjectNode node, String name, Optional<Instant> time) {
    put(node, name, time.map(Fields::time));
  }

  /** Whole seconds in UTC. */
  static String time(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
