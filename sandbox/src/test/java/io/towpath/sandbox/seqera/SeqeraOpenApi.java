package io.towpath.sandbox.seqera;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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

/**
 * The platform's OpenAPI file, and whether an answer keeps to it. Nulls count as absent, since the
 * real platform sends them everywhere although the file rarely says so.
 */
final class SeqeraOpenApi {
  private static final String SCHEMAS = "#/components/schemas/";
  private final JsonNode document;
  private final IdentityHashMap<JsonNode, Schema> compiled = new IdentityHashMap<>();
  private final SchemaRegistry registry = SchemaRegistry.withDialect(Dialects.getDraft202012());

  SeqeraOpenApi() {
    try (InputStream file =
            Objects.requireNonNull(
                SeqeraOpenApi.class.getResourceAsStream("/specs/seqera.openapi.json.gz"));
        InputStream text = new GZIPInputStream(file)) {
      document = new ObjectMapper().readTree(text);
    } catch (IOException missing) {
      throw new UncheckedIOException(missing);
    }
    relax((ObjectNode) document.path("components").path("schemas"));
  }

  /**
   * What the file says and the platform does not do: iterators are lists, parameters have any type,
   * and of configurations and keys the stand-in has one form.
   */
  private static void relax(ObjectNode schemas) {
    ObjectNode texts = schemas.putObject("Iterator_String_").put("type", "array");
    texts.putObject("items").put("type", "string");
    schemas.set("ComputeConfig", schemas.path("AwsBatchConfig"));
    schemas.set("SecurityKeys", schemas.path("AwsSecurityKeys"));
    ObjectNode workflow = (ObjectNode) schemas.path("WorkflowDbDto").path("properties");
    workflow.putObject("params").put("type", "object");
  }

  JsonNode document() {
    return document;
  }

  boolean has(String method, String path) {
    return document.path("paths").path(path).has(method);
  }

  /** What is wrong with an answer of this operation: types, required and unknown fields. */
  List<String> problems(String method, String path, TestSeqera.Answer answer) {
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
    JsonNode body = answer.body().deepCopy();
    dropNulls(body);
    Schema checked =
        compiled.computeIfAbsent(
            schema,
            key -> {
              ObjectNode whole = key.deepCopy();
              whole.set("components", document.path("components"));
              return registry.getSchema(whole);
            });
    List<String> problems =
        new ArrayList<>(checked.validate(body).stream().map(Object::toString).toList());
    unknown(List.of(schema), body, "$", problems);
    return problems;
  }

  private static void dropNulls(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object.properties().removeIf(field -> field.getValue().isNull());
    }
    node.forEach(SeqeraOpenApi::dropNulls);
  }

  private void unknown(List<JsonNode> given, JsonNode value, String at, List<String> problems) {
    List<JsonNode> schemas = given.stream().flatMap(one -> parts(one).stream()).toList();
    if (value.isArray()) {
      List<JsonNode> items = schemas.stream().map(schema -> schema.path("items")).toList();
      value.forEach(item -> unknown(items, item, at + "[]", problems));
    }
    boolean told = schemas.stream().anyMatch(schema -> schema.has("properties"));
    if (!value.isObject() || !told) {
      return;
    }
    for (var field : value.properties()) {
      List<JsonNode> known =
          schemas.stream()
              .map(schema -> schema.path("properties").path(field.getKey()))
              .filter(JsonNode::isObject)
              .toList();
      if (known.isEmpty()) {
        problems.add("unknown field " + at + "." + field.getKey());
      } else {
        unknown(known, field.getValue(), at + "." + field.getKey(), problems);
      }
    }
  }

  /** The schema with its references followed and its {@code allOf} spread out. */
  private List<JsonNode> parts(JsonNode schema) {
    if (schema.has("$ref")) {
      String name = schema.path("$ref").asText().substring(SCHEMAS.length());
      return parts(document.path("components").path("schemas").path(name));
    }
    List<JsonNode> parts = new ArrayList<>(List.of(schema));
    schema.path("allOf").forEach(part -> parts.addAll(parts(part)));
    return parts;
  }
}
