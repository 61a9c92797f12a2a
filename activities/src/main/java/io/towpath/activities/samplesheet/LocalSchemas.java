package io.towpath.activities.samplesheet;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;

/** Compiles JSON Schemas, drafts 4 to 2020-12; a schema never makes us fetch another one. */
final class LocalSchemas {
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(
          SpecificationVersion.DRAFT_2020_12,
          builder -> builder.schemaLoader(loader -> loader.block(iri -> true)));

  private LocalSchemas() {}

  /**
   * @throws IllegalArgumentException when the node is no schema, or refers to another document
   */
  static Schema compile(JsonNode node) {
    try {
      Schema schema = REGISTRY.getSchema(node);
      schema.initializeValidators();
      return schema;
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          "cannot be used as a JSON Schema: " + Shortened.of(String.valueOf(e.getMessage())), e);
    } catch (StackOverflowError e) {
      throw endless(e);
    }
  }

  /**
   * What is wrong with a value.
   *
   * @throws IllegalArgumentException when the schema refers to itself without an end
   */
  static List<Error> errors(Schema schema, JsonNode value) {
    try {
      return schema.validate(value);
    } catch (StackOverflowError e) {
      throw endless(e);
    }
  }

  private static IllegalArgumentException endless(StackOverflowError e) {
    return new IllegalArgumentException(
        "cannot be used as a JSON Schema: it refers to itself without an end", e);
  }
}
