package io.towpath.sandbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/**
 * An OpenAPI 3 or Swagger 2 file whose responses may be references, and whether answers keep it.
 */
public final class SpecFile {
  private final JsonNode document;
  private final IdentityHashMap<JsonNode, Schema> compiled = new IdentityHashMap<>();
  private final SchemaRegistry registry = SchemaRegistry.withDialect(Dialects.getDraft202012());

  public SpecFile(String resource) {
    try (InputStream file =
            Objects.requireNonNull(SpecFile.class.getResourceAsStream("/specs/" + resource));
        InputStream text = new GZIPInputStream(file)) {
      document = new ObjectMapper().readTree(text);
    } catch (IOException missing) {
      throw new UncheckedIOException(missing);
    }
  }

  public boolean has(String method, String path) {
    return document.path("paths").path(path).has(method);
  }

  /** What is wrong with an answer to this operation. */
  public List<String> problems(String method, String path, int status, JsonNode body) {
    JsonNode operation = document.path("paths").path(path).path(method);
    JsonNode response = followed(operation.path("responses").path(String.valueOf(status)));
    if (response.isMissingNode()) {
      return List.of(method + " " + path + " foresees no status " + status);
    }
    JsonNode content = response.path("content").path("application/json");
    JsonNode schema = content.isMissingNode() ? response.path("schema") : content.path("schema");
    return schema.isMissingNode() ? List.of() : invalid(schema, body);
  }

  private List<String> invalid(JsonNode schema, JsonNode body) {
    Schema checked =
        compiled.computeIfAbsent(
            schema,
            key -> {
              ObjectNode whole = key.deepCopy();
              whole.set("components", document.path("components"));
              whole.set("definitions", document.path("definitions"));
              return registry.getSchema(whole);
            });
    return checked.validate(body).stream().map(Object::toString).toList();
  }

  private JsonNode followed(JsonNode node) {
    JsonNode at = node;
    while (at.has("$ref")) {
      at = document.at(at.path("$ref").asText().substring(1));
    }
    return at;
  }
}
