package io.towpath.activities.samples;

import com.fasterxml.jackson.databind.JsonNode;
import io.towpath.activities.store.S3Documents;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The inputs of an app, from its CWL. */
final class AppInputs {
  private static final String SUGGESTED = "sbg:suggestedValue";

  private final Map<String, AppInput> inputs = new LinkedHashMap<>();

  private AppInputs() {}

  /**
   * One input.
   *
   * @param id without {@code #} and without what stands before the last slash
   * @param needed whether the app cannot run without a value, for it has no default either
   * @param suggested the value that the publisher suggests
   */
  record AppInput(String id, CwlType type, boolean needed, Optional<Object> suggested) {
    /** Whether it suggests files, which have other ids in each project. */
    boolean suggestsFiles() {
      Object value = suggested.orElse("");
      Object first = value instanceof List<?> list && !list.isEmpty() ? list.get(0) : value;
      return first instanceof Map<?, ?> map && "File".equals(map.get("class"));
    }
  }

  /** Reads {@code inputs} in both notations; empty where the CWL has none. */
  static Optional<AppInputs> of(JsonNode cwl) {
    JsonNode declared = cwl.path("inputs");
    AppInputs read = new AppInputs();
    if (declared.isArray()) {
      declared.forEach(input -> read.add(input.path("id").asText(), input));
    } else {
      declared.properties().forEach(input -> read.add(input.getKey(), input.getValue()));
    }
    return declared.isContainerNode() ? Optional.of(read) : Optional.empty();
  }

  Optional<AppInput> find(String id) {
    return Optional.ofNullable(inputs.get(id));
  }

  Iterable<AppInput> all() {
    return inputs.values();
  }

  Iterable<String> ids() {
    return inputs.keySet();
  }

  private void add(String name, JsonNode input) {
    String id = CwlType.lastOf(name);
    CwlType type = CwlType.read(input.isObject() ? input.path("type") : input);
    Optional<Object> suggested =
        input.hasNonNull(SUGGESTED)
            ? Optional.of(S3Documents.JSON.convertValue(input.path(SUGGESTED), Object.class))
            : Optional.empty();
    boolean needed = !type.optional() && !input.hasNonNull("default");
    inputs.put(id, new AppInput(id, type, needed, suggested));
  }
}
