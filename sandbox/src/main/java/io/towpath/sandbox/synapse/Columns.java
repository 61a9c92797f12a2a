package io.towpath.sandbox.synapse;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Column models, one per content; guarded by the realm's lock. */
final class Columns {
  private static final List<String> TYPES =
      List.of(
          "STRING",
          "DOUBLE",
          "INTEGER",
          "BOOLEAN",
          "DATE",
          "FILEHANDLEID",
          "ENTITYID",
          "SUBMISSIONID",
          "EVALUATIONID",
          "LINK",
          "MEDIUMTEXT",
          "LARGETEXT",
          "USERID",
          "STRING_LIST",
          "INTEGER_LIST",
          "BOOLEAN_LIST",
          "DATE_LIST",
          "ENTITYID_LIST",
          "USERID_LIST",
          "JSON");

  /** What a file view can always show. */
  private static final List<List<String>> DEFAULTS =
      List.of(
          List.of("id", "ENTITYID"),
          List.of("name", "STRING"),
          List.of("description", "STRING"),
          List.of("createdOn", "DATE"),
          List.of("createdBy", "USERID"),
          List.of("etag", "STRING"),
          List.of("modifiedOn", "DATE"),
          List.of("modifiedBy", "USERID"),
          List.of("path", "STRING"),
          List.of("type", "STRING"),
          List.of("currentVersion", "INTEGER"),
          List.of("parentId", "ENTITYID"),
          List.of("benefactorId", "ENTITYID"),
          List.of("projectId", "ENTITYID"),
          List.of("dataFileHandleId", "FILEHANDLEID"),
          List.of("dataFileName", "STRING"),
          List.of("dataFileSizeBytes", "INTEGER"),
          List.of("dataFileMD5Hex", "STRING"),
          List.of("dataFileConcreteType", "STRING"),
          List.of("dataFileBucket", "STRING"),
          List.of("dataFileKey", "STRING"));

  private final Map<String, ObjectNode> byId = new LinkedHashMap<>();
  private long lastId = 80_000;

  /** The same id for the same content. */
  ObjectNode ensure(ObjectNode given) {
    String name = Json.required(given, "name");
    String type =
        Json.oneOf(given, "columnType", TYPES)
            .orElseThrow(() -> Refusals.badRequest("columnType is required."));
    ObjectNode model = Json.object();
    model.put("name", name);
    model.put("columnType", type);
    for (String field : List.of("maximumSize", "maximumListLength")) {
      Json.number(given, field).ifPresent(number -> model.put(field, number));
    }
    Json.put(model, "facetType", Json.oneOf(given, "facetType", List.of("enumeration", "range")));
    Json.put(model, "defaultValue", Json.text(given, "defaultValue"));
    Json.texts(given, "enumValues")
        .ifPresent(values -> values.forEach(model.putArray("enumValues")::add));
    if (type.startsWith("STRING") && !model.has("maximumSize")) {
      model.put("maximumSize", 50);
    }
    for (Map.Entry<String, ObjectNode> known : byId.entrySet()) {
      if (known.getValue().equals(model)) {
        return withId(known.getKey());
      }
    }
    lastId++;
    String id = Long.toString(lastId);
    byId.put(id, model);
    return withId(id);
  }

  private ObjectNode withId(String id) {
    ObjectNode model = Json.object().put("id", id);
    model.setAll(byId.getOrDefault(id, Json.object()));
    return model;
  }

  ObjectNode get(String id) {
    if (!byId.containsKey(id)) {
      throw Refusals.notFound("Column " + id + " does not exist");
    }
    return withId(id);
  }

  List<ObjectNode> all() {
    return byId.keySet().stream().map(this::withId).toList();
  }

  List<ObjectNode> defaults() {
    List<ObjectNode> models = new ArrayList<>();
    for (List<String> column : DEFAULTS) {
      models.add(ensure(Json.object().put("name", column.get(0)).put("columnType", column.get(1))));
    }
    return models;
  }
}
