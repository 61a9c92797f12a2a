package io.towpath.sandbox.synapse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Proposes columns for a view: one per annotation that entities in its scope carry. */
final class ScopeColumns {
  private static final int DEFAULT_SIZE = 50;
  private final Realm realm;

  ScopeColumns(Realm realm) {
    this.realm = realm;
  }

  ObjectNode propose(SynapseAccount caller, ObjectNode request) {
    ObjectNode scope =
        Json.object(request, "viewScope")
            .orElseThrow(() -> Refusals.badRequest("viewScope is required."));
    Map<String, ObjectNode> columns = new TreeMap<>();
    for (JsonNode id : Json.list(scope, "scope").orElse(List.of())) {
      Node container = realm.node(id.asText(), caller, AccessType.READ);
      for (Node node : realm.tree.descendants(container.id, realm.now())) {
        collect(node.current().annotations, columns);
      }
    }
    ObjectNode answer = Json.object();
    answer.put("concreteType", "org.sagebionetworks.repo.model.table.ViewColumnModelResponse");
    ArrayNode results = answer.putArray("results");
    columns.values().forEach(results::add);
    return answer;
  }

  private static void collect(ObjectNode annotations, Map<String, ObjectNode> columns) {
    for (Map.Entry<String, JsonNode> field : annotations.properties()) {
      JsonNode values = field.getValue().path("value");
      String type = type(field.getValue().path("type").asText());
      boolean list = values.size() > 1;
      ObjectNode column = Json.object().put("name", field.getKey());
      column.put("columnType", list && !type.equals("DOUBLE") ? type + "_LIST" : type);
      if (type.equals("STRING")) {
        column.put("maximumSize", DEFAULT_SIZE);
      }
      columns.putIfAbsent(field.getKey(), column);
    }
  }

  private static String type(String annotationType) {
    return switch (annotationType.toUpperCase(Locale.ROOT)) {
      case "LONG" -> "INTEGER";
      case "DOUBLE" -> "DOUBLE";
      case "BOOLEAN" -> "BOOLEAN";
      case "TIMESTAMP_MS" -> "DATE";
      default -> "STRING";
    };
  }
}
