package io.towpath.sandbox.synapse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/** Synapse's OpenAPI file, and whether an answer keeps to it. */
final class OpenApi {
  private static final String SCHEMAS = "#/components/schemas/";
  private final JsonNode document;
  private final IdentityHashMap<JsonNode, Schema> compiled = new IdentityHashMap<>();
  private final SchemaRegistry registry = SchemaRegistry.withDialect(Dialects.getDraft202012());

  OpenApi() {
    try (InputStream file =
            Objects.requireNonNull(
                OpenApi.class.getResourceAsStream("/specs/synapse.openapi.json.gz"));
        InputStream text = new GZIPInputStream(file)) {
      document = Json.MAPPER.readTree(text);
    } catch (IOException missing) {
      throw new UncheckedIOException(missing);
    }
  }

  JsonNode document() {
    return document;
  }

  boolean has(String method, String path) {
    return document.path("paths").path(path).has(method);
  }

  /** What is wrong with an answer of this operation: types by the schema, and unknown fields. */
  List<String> problems(String method, String path, TestSynapse.Answer answer) {
    JsonNode operation = document.path("paths").path(path).path(method);
    if (operation.isMissingNode()) {
      return List.of("no such operation: " + method + " " + path);
    }
    JsonNode response = operation.path("responses").path(Integer.toString(answer.status()));
    if (response.isMissingNode()) {
      return List.of("status " + answer.status() + " is not foreseen: " + answer.body());
    }
    JsonNode schema = response.path("content").path("application/json").path("schema");
    if (schema.isMissingNode()) {
      return List.of();
    }
    List<String> problems = new ArrayList<>(invalid(schema, answer));
    unknown(schema, answer.json(), "$", problems);
    return problems;
  }

  private List<String> invalid(JsonNode schema, TestSynapse.Answer answer) {
    Schema checked =
        compiled.computeIfAbsent(
            schema,
            key -> {
              ObjectNode whole = key.deepCopy();
              whole.set("components", document.path("components"));
              return registry.getSchema(whole);
            });
    return checked.validate(answer.json()).stream().map(Object::toString).toList();
  }

  private void unknown(JsonNode given, JsonNode value, String at, List<String> problems) {
    JsonNode schema = resolve(given, value);
    if (value.isArray()) {
      int i = 0;
      for (JsonNode item : value) {
        unknown(schema.path("items"), item, at + "[" + i + "]", problems);
        i++;
      }
    } else if (value.isObject() && (schema.has("properties") || named(value))) {
      for (var field : value.properties()) {
        JsonNode known = schema.path("properties").path(field.getKey());
        String there = at + "." + field.getKey();
        if (known.isMissingNode()) {
          problems.add("unknown field " + there);
        } else {
          unknown(known, field.getValue(), there, problems);
        }
      }
    } else if (value.isObject() && schema.path("additionalProperties").isObject()) {
      for (var field : value.properties()) {
        unknown(
            schema.path("additionalProperties"),
            field.getValue(),
            at + "." + field.getKey(),
            problems);
      }
    }
  }

  private boolean named(JsonNode value) {
    return schema(value.path("concreteType").asText()).isObject();
  }

  /** The schema of the value's own concrete type, else the one that is referred to. */
  private JsonNode resolve(JsonNode given, JsonNode value) {
    JsonNode concrete = schema(value.path("concreteType").asText());
    if (concrete.isObject()) {
      return concrete;
    }
    JsonNode schema = given;
    while (schema.has("$ref")) {
      schema = schema(schema.path("$ref").asText().substring(SCHEMAS.length()));
    }
    return schema;
  }

  private JsonNode schema(String name) {
    return document.path("components").path("schemas").path(name);
  }
}
