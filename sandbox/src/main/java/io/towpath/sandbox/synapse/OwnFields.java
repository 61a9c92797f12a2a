package io.towpath.sandbox.synapse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** Reads the fields that belong to an entity's type, each of its own kind or a bad request. */
final class OwnFields {
  private static final List<String> VIEW_TYPES = List.of("file", "project", "file_and_table");

  private OwnFields() {}

  /** Takes the fields of the type itself; unknown ones are ignored, as Synapse does. */
  static ObjectNode of(EntityType type, ObjectNode given, ObjectNode before) {
    ObjectNode own = Json.object();
    for (String field : type.ownFields()) {
      if (given.hasNonNull(field)) {
        own.set(field, value(field, given));
      } else if (before.has(field) && !given.has(field)) {
        own.set(field, before.get(field));
      }
    }
    return own;
  }

  private static JsonNode value(String field, ObjectNode given) {
    return switch (field) {
      case "isSearchEnabled" -> Json.object().booleanNode(Json.flag(given, field));
      case "viewTypeMask" -> Json.object().numberNode(Json.number(given, field).orElse(0));
      case "type" -> text(Json.oneOf(given, field, VIEW_TYPES));
      case "columnIds" -> texts(Json.texts(given, field).orElse(List.of()));
      case "scopeIds" ->
          texts(Json.texts(given, field).orElse(List.of()).stream().map(OwnFields::id).toList());
      case "linksTo" ->
          reference(
              Json.object(given, field).orElseGet(Json::object), "targetId", "targetVersionNumber");
      case "items" -> items(given);
      default -> text(Json.text(given, field));
    };
  }

  private static String id(String text) {
    EntityIds.parse(text);
    return text;
  }

  private static JsonNode text(Optional<String> text) {
    return Json.object().textNode(text.orElse(""));
  }

  private static ArrayNode texts(List<String> texts) {
    ArrayNode list = Json.array();
    texts.forEach(list::add);
    return list;
  }

  private static ArrayNode items(ObjectNode given) {
    ArrayNode list = Json.array();
    for (JsonNode item : Json.list(given, "items").orElse(List.of())) {
      list.add(reference(item, "entityId", "versionNumber"));
    }
    return list;
  }

  private static ObjectNode reference(JsonNode target, String idField, String versionField) {
    ObjectNode reference = Json.object().put(idField, id(Json.required(target, idField)));
    Json.number(target, versionField).ifPresent(number -> reference.put(versionField, number));
    return reference;
  }
}
