package io.towpath.activities.samplesheet;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import io.towpath.activities.store.S3Documents;
import java.util.Map;

/** A pipeline's {@code nextflow_schema.json}, applied to the parameters of a run. */
final class ParamsSchema {
  private final Schema schema;

  /**
   * @throws IllegalArgumentException when it is no schema
   */
  ParamsSchema(JsonNode root) {
    if (!root.isObject()) {
      throw new IllegalArgumentException("is no JSON Schema: expected an object");
    }
    this.schema = LocalSchemas.compile(root);
  }

  /**
   * @param place field path of the parameters
   */
  void check(String place, Map<String, Object> params, ProblemList problems) {
    for (Error error : LocalSchemas.errors(schema, S3Documents.JSON.valueToTree(params))) {
      String name =
          error.getInstanceLocation().getNameCount() > 0
              ? error.getInstanceLocation().getName(0)
              : error.getProperty() == null ? "" : error.getProperty();
      Object value = params.get(name);
      problems.add(
          name.isEmpty() ? place : place + "." + name,
          (value == null ? "is missing" : "found \"" + Shortened.of(value) + "\"")
              + "; the pipeline's schema says: "
              + error.getMessage());
    }
  }
}
