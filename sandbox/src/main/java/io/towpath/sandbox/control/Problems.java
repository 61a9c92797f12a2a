package io.towpath.sandbox.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Reads fields of a request to the control port and collects everything that is wrong with it. */
final class Problems {
  /** Says all that is wrong with a request at once. */
  static final class BadRequest extends RuntimeException {
    private static final long serialVersionUID = 1;

    BadRequest(String message) {
      super(message);
    }
  }

  private final List<String> found = new ArrayList<>();

  void add(String problem) {
    found.add(problem);
  }

  void throwIfAny() {
    if (!found.isEmpty()) {
      throw new BadRequest(String.join("; ", found));
    }
  }

  /** Refuses fields that nothing reads: a misspelt one would be lost silently. */
  void onlyFields(JsonNode object, String path, Set<String> known) {
    Set<String> unknown = new TreeSet<>();
    object.fieldNames().forEachRemaining(unknown::add);
    unknown.removeAll(known);
    unknown.forEach(name -> add(path + name + ": unknown field"));
  }

  String text(JsonNode object, String path, String name) {
    JsonNode value = object.path(name);
    if (!value.isTextual() || value.textValue().isEmpty()) {
      add(path + name + ": a non-empty string is required");
      return "";
    }
    return value.textValue();
  }

  String oneOf(JsonNode object, String path, String name, List<String> allowed) {
    String value = text(object, path, name);
    if (!value.isEmpty() && !allowed.contains(value)) {
      add(path + name + ": " + value + " is none of " + String.join(", ", allowed));
    }
    return value;
  }

  /** A whole number from {@code least} on; the fallback when it is not given. */
  long number(JsonNode object, String path, String name, long least, long fallback) {
    JsonNode value = object.path(name);
    if (value instanceof MissingNode) {
      return fallback;
    }
    if (!value.canConvertToExactIntegral()
        || !value.canConvertToLong()
        || value.longValue() < least) {
      add(path + name + ": a whole number from " + least + " on is required");
      return fallback;
    }
    return value.longValue();
  }

  Pattern pattern(String path, String regex) {
    try {
      return Pattern.compile(regex, Pattern.DOTALL);
    } catch (PatternSyntaxException notOne) {
      add(path + ": not a regular expression: " + notOne.getDescription());
      return Pattern.compile("");
    }
  }
}
