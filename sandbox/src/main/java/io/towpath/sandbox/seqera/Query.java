package io.towpath.sandbox.seqera;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.http.Call;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads parameters and bodies, with the platform's refusals. */
final class Query {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int DEFAULT_PAGE = 50;
  private static final int LARGEST_PAGE = 100;

  private Query() {}

  /** A part of a list. */
  record Page(int max, int offset) {
    <T> List<T> of(List<T> all) {
      int from = Math.min(offset, all.size());
      return all.subList(from, Math.min(all.size(), from + max));
    }

    boolean hasMoreThan(List<?> all) {
      return (long) offset + max < all.size();
    }
  }

  static Page page(Call call) {
    long max = call.query("max").map(value -> number("max", value)).orElse((long) DEFAULT_PAGE);
    long offset = call.query("offset").map(value -> number("offset", value)).orElse(0L);
    if (max > LARGEST_PAGE) {
      throw Answers.badRequest(
          "max parameter cannot be greater than 100 (current value=" + max + ")");
    }
    if (max < 0 || offset < 0 || offset > Integer.MAX_VALUE) {
      throw Answers.badRequest("max and offset parameters cannot be negative or too large");
    }
    return new Page((int) max, (int) offset);
  }

  static long number(String name, String value) {
    if (!value.matches("-?\\d{1,18}")) {
      throw Answers.badRequest(
          "Failed to convert argument [" + name + "] for value [" + value + "]: not a number");
    }
    return Long.parseLong(value);
  }

  static boolean flag(Call call, String name) {
    return call.query(name).map(Boolean::parseBoolean).orElse(false);
  }

  /** The values of a comma list that may also be repeated. */
  static Set<String> attributes(Call call) {
    return call.query().getOrDefault("attributes", List.of()).stream()
        .flatMap(value -> Arrays.stream(value.split(",")))
        .map(String::strip)
        .collect(Collectors.toSet());
  }

  static ObjectNode body(Call call) {
    try {
      JsonNode body = call.body().length == 0 ? Answers.object() : JSON.readTree(call.body());
      if (body instanceof ObjectNode object) {
        return object;
      }
      throw Answers.badRequest("Invalid JSON: an object is expected");
    } catch (JsonProcessingException e) {
      throw Answers.badRequest("Invalid JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw Answers.badRequest("Invalid JSON");
    }
  }

  /** A text field, empty when absent or null; another type is a bad request. */
  static String text(JsonNode body, String name) {
    JsonNode value = body.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return "";
    }
    if (value.isContainerNode()) {
      throw Answers.badRequest("Invalid JSON: field '" + name + "' must be a string");
    }
    return value.asText();
  }

  /** An array of numbers; empty when absent or null. */
  static List<Long> numbers(JsonNode body, String name) {
    return elements(body, name).stream().map(item -> number(name, item.asText())).toList();
  }

  static List<String> texts(JsonNode body, String name) {
    List<JsonNode> items = elements(body, name);
    if (items.stream().anyMatch(item -> item.isContainerNode() || item.isNull())) {
      throw Answers.badRequest("Invalid JSON: field '" + name + "' must be an array of strings");
    }
    return items.stream().map(JsonNode::asText).toList();
  }

  private static List<JsonNode> elements(JsonNode body, String name) {
    JsonNode value = body.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return List.of();
    }
    if (!value.isArray()) {
      throw Answers.badRequest("Invalid JSON: field '" + name + "' must be an array");
    }
    List<JsonNode> items = new java.util.ArrayList<>();
    value.forEach(items::add);
    return items;
  }
}
