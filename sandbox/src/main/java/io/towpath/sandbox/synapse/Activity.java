package io.towpath.sandbox.synapse;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** One provenance record; its text and list may be replaced by its creator. */
record Activity(
    String id,
    String etag,
    String createdBy,
    Instant createdOn,
    Instant modifiedOn,
    Optional<String> name,
    Optional<String> description,
    ArrayNode used) {

  Activity replaced(
      Instant now, Optional<String> otherName, Optional<String> text, ArrayNode list) {
    return new Activity(
        id, UUID.randomUUID().toString(), createdBy, createdOn, now, otherName, text, list);
  }

  ObjectNode json() {
    ObjectNode json = Json.object();
    json.put("id", id);
    Json.put(json, "name", name);
    Json.put(json, "description", description);
    json.put("etag", etag);
    json.put("createdOn", Json.date(createdOn));
    json.put("modifiedOn", Json.date(modifiedOn));
    json.put("createdBy", createdBy);
    json.put("modifiedBy", createdBy);
    json.set("used", used.deepCopy());
    return json;
  }
}
