package io.towpath.starter.kind;

import io.towpath.workflows.request.FieldDoc;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** The request of an ETL as JSON Schema draft 2020-12, for editors and other programs. */
public final class JsonSchema {
  private static final String DRAFT = "https://json-schema.org/draft/2020-12/schema";

  private final Kind kind;
  private final Map<String, FieldDoc> docs = new LinkedHashMap<>();

  private JsonSchema(Kind kind) {
    this.kind = kind;
    kind.fields().forEach(field -> docs.put(field.path(), field));
  }

  /** The schema; what it lets pass is still judged by {@code towpath check}. */
  public static Map<String, Object> of(Kind kind) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("$schema", DRAFT);
    schema.put("title", kind.name());
    schema.put("description", kind.summary());
    schema.putAll(new JsonSchema(kind).object(""));
    return schema;
  }

  private Map<String, Object> object(String parent) {
    Map<String, Object> properties = new LinkedHashMap<>();
    List<String> required = new ArrayList<>();
    for (FieldDoc field : docs.values()) {
      if (isChild(parent, field.path())) {
        String name = field.path().substring(parent.length());
        properties.put(name, field(field));
        if (isRequired(field)) {
          required.add(name);
        }
      }
    }
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("type", "object");
    if (!properties.isEmpty()) {
      object.put("properties", properties);
      object.put("additionalProperties", false);
    }
    if (!required.isEmpty()) {
      object.put("required", required);
    }
    return object;
  }

  private Map<String, Object> field(FieldDoc field) {
    Map<String, Object> form = new LinkedHashMap<>(form(field));
    List<Map<String, Object>> others = new ArrayList<>();
    if (kind.otherForms().containsKey(field.path())) {
      others.add(kind.otherForms().get(field.path()));
    }
    if (!isRequired(field)) {
      others.add(Map.of("type", "null"));
    }
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("description", field.text());
    if (others.isEmpty()) {
      schema.putAll(form);
    } else {
      others.add(0, form);
      schema.put("anyOf", others);
    }
    return schema;
  }

  private Map<String, Object> form(FieldDoc field) {
    String type = field.type();
    return switch (type) {
      case "text" -> new TreeMap<>(Map.of("type", "string"));
      case "true | false" -> new TreeMap<>(Map.of("type", "boolean"));
      case "list of text" ->
          new TreeMap<>(Map.of("type", "array", "items", Map.of("type", "string")));
      case "object" -> object(field.path() + ".");
      case "objects by name" ->
          new TreeMap<>(
              Map.of("type", "object", "additionalProperties", object(field.path() + "{}.")));
      case "list of objects" ->
          new TreeMap<>(
              Map.of("type", "array", "minItems", 1, "items", object(field.path() + "[].")));
      default -> type.startsWith("number") ? number(type) : words(type);
    };
  }

  private static Map<String, Object> number(String type) {
    Map<String, Object> schema = new TreeMap<>();
    schema.put("type", "integer");
    String[] parts = type.replace("from ", "").split(" ", -1);
    schema.put("minimum", Integer.parseInt(parts[1]));
    if (parts.length == 4) {
      schema.put("maximum", Integer.parseInt(parts[3]));
    }
    return schema;
  }

  private static Map<String, Object> words(String type) {
    Map<String, Object> schema = new TreeMap<>();
    schema.put("enum", Arrays.asList(type.split(" \\| ", -1)));
    return schema;
  }

  /** An object is required when something in it is. */
  private boolean isRequired(FieldDoc field) {
    TreeSet<String> requiredBelow = new TreeSet<>();
    for (FieldDoc doc : docs.values()) {
      if (doc.required() && doc.path().startsWith(field.path() + ".")) {
        requiredBelow.add(doc.path());
      }
    }
    return field.required() || !requiredBelow.isEmpty();
  }

  private static boolean isChild(String parent, String path) {
    return path.startsWith(parent) && path.substring(parent.length()).matches("[A-Za-z0-9]+");
  }
}
