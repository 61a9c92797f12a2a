package io.towpath.activities.sevenbridges;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether a task has the inputs that were asked for. The platform adds to what it shows: names and
 * sizes to files, defaults and nulls to inputs; that makes no difference.
 */
final class SameInputs {
  private SameInputs() {}

  /** The ids of inputs that are not as asked for. */
  static List<String> differing(ObjectNode asked, JsonNode shown) {
    List<String> differing = new ArrayList<>();
    asked
        .properties()
        .forEach(
            input -> {
              if (!same(input.getValue(), shown.path(input.getKey()))) {
                differing.add(input.getKey());
              }
            });
    return differing;
  }

  private static boolean same(JsonNode asked, JsonNode shown) {
    if (asked.isNull() || asked.isMissingNode()) {
      return shown.isNull() || shown.isMissingNode();
    }
    if (asked.isNumber()) {
      return shown.isNumber() && asked.decimalValue().compareTo(shown.decimalValue()) == 0;
    }
    if (asked.isArray()) {
      return shown.isArray() && sameItems(asked, shown);
    }
    if (asked.isObject()) {
      return shown.isObject()
          && (asked.has("class") ? sameFile(asked, shown) : sameFields(asked, shown));
    }
    return asked.equals(shown);
  }

  private static boolean sameItems(JsonNode asked, JsonNode shown) {
    boolean same = asked.size() == shown.size();
    for (int i = 0; same && i < asked.size(); i++) {
      same = same(asked.path(i), shown.path(i));
    }
    return same;
  }

  private static boolean sameFile(JsonNode asked, JsonNode shown) {
    return asked.path("class").equals(shown.path("class"))
        && asked.path("path").equals(shown.path("path"));
  }

  private static boolean sameFields(JsonNode asked, JsonNode shown) {
    return asked.properties().stream()
        .allMatch(field -> same(field.getValue(), shown.path(field.getKey())));
  }
}
