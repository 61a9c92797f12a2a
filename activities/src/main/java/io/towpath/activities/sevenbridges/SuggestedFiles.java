package io.towpath.activities.sevenbridges;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The files that an app suggests ({@code sbg:suggestedValue}), usually references.
 *
 * @param byInput the suggestion of each input that has one
 */
record SuggestedFiles(Map<String, JsonNode> byInput) {
  private static final String SUGGESTED = "sbg:suggestedValue";

  /**
   * Reads an app's CWL.
   *
   * @param raw whose {@code inputs} are an array, or an object by id
   */
  static SuggestedFiles of(JsonNode raw) {
    Map<String, JsonNode> byInput = new TreeMap<>();
    JsonNode inputs = raw.path("inputs");
    if (inputs.isArray()) {
      inputs.forEach(input -> add(byInput, input.path("id").asText(""), input));
    } else {
      inputs.properties().forEach(input -> add(byInput, input.getKey(), input.getValue()));
    }
    return new SuggestedFiles(byInput);
  }

  /** Ids of older CWL begin with {@code #}. */
  private static void add(Map<String, JsonNode> byInput, String id, JsonNode input) {
    JsonNode suggested = input.path(SUGGESTED);
    if (suggested.isObject() || suggested.isArray()) {
      byInput.put(id.substring(id.lastIndexOf('#') + 1), suggested);
    }
  }

  /** Ids of all files, those of secondary ones too. */
  List<String> fileIds() {
    TreeSet<String> ids = new TreeSet<>();
    byInput.values().forEach(value -> collect(value, ids));
    return List.copyOf(ids);
  }

  private static void collect(JsonNode value, TreeSet<String> ids) {
    if (value.isArray()) {
      value.forEach(item -> collect(item, ids));
    } else if (isFile(value)) {
      ids.add(value.path("path").asText());
      collect(value.path("secondaryFiles"), ids);
    }
  }

  private static boolean isFile(JsonNode value) {
    return value.path("class").asText("").equals("File") && value.hasNonNull("path");
  }

  /** Inputs with suggestions that are no files: folders cannot be copied. */
  List<String> notFiles() {
    return byInput.entrySet().stream()
        .filter(input -> value(input.getValue(), Map.of()).isEmpty())
        .map(Map.Entry::getKey)
        .toList();
  }

  /**
   * The suggestions as a task takes them.
   *
   * @param copies ids of the copies by the ids that the app suggests
   */
  Map<String, Object> values(Map<String, String> copies) {
    Map<String, Object> values = new TreeMap<>();
    byInput.forEach(
        (input, suggested) ->
            value(suggested, copies).ifPresent(value -> values.put(input, value)));
    return values;
  }

  private static Optional<Object> value(JsonNode suggested, Map<String, String> copies) {
    if (suggested.isArray()) {
      List<Object> files = new ArrayList<>();
      suggested.forEach(item -> value(item, copies).ifPresent(files::add));
      return files.isEmpty() ? Optional.empty() : Optional.of(files);
    }
    if (!isFile(suggested)) {
      return Optional.empty();
    }
    String id = suggested.path("path").asText();
    Map<String, Object> file = new LinkedHashMap<>();
    file.put("class", "File");
    file.put("path", copies.getOrDefault(id, id));
    return Optional.of(file);
  }
}
