package io.towpath.sandbox.indexd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Records and bundles as DRS objects (indexd/drs/blueprint.py), with what that gets wrong. */
final class DrsView {
  private static final String NESTED = "contents";

  private final Index index;

  DrsView(Index index) {
    this.index = index;
  }

  private String uri(String did) {
    String prefix = index.settings.prefix().replace("/", "");
    String accession = did.replace(prefix + "/", "").replace("/", "").replace(":", "");
    return "drs://" + prefix + ":" + accession;
  }

  /** A record; {@code created_time} is null unless the client sent the content's date. */
  ObjectNode record(IndexRecord record) {
    ObjectNode drs = Refusals.object().put("id", record.did).put("mime_type", "application/json");
    drs.set("name", record.field("file_name"));
    drs.set("index_created_time", record.field("created_date"));
    drs.set("index_updated_time", record.field("updated_date"));
    drs.set("created_time", record.field("content_created_date"));
    drs.set("updated_time", record.field("content_updated_date"));
    drs.set("size", record.field("size"));
    drs.putArray("aliases");
    drs.put("self_uri", uri(record.did));
    drs.set("version", record.field("version"));
    drs.set("form", record.field("form"));
    drs.set("description", record.field("description"));
    ArrayNode methods = drs.putArray("access_methods");
    for (JsonNode url : record.field("urls")) {
      ObjectNode method = methods.addObject();
      JsonNode told = record.field("urls_metadata").path(url.asText());
      String type = url.asText().split(":", 2)[0];
      method.put("type", type).put("cloud", type.equals("s3") ? "aws" : null);
      method.putObject("access_url").put("url", url.asText());
      method.put("access_id", type);
      method.put("available", !told.path("available").asText("true").equals("false"));
      method.put("region", told.path("region").asText(""));
      method.set("authorizations", authorizations(record));
    }
    ArrayNode checksums = drs.putArray("checksums");
    record
        .field("hashes")
        .properties()
        .forEach(
            hash ->
                checksums
                    .addObject()
                    .put("checksum", hash.getValue().asText())
                    .put("type", hash.getKey()));
    return drs;
  }

  /** Nothing for records that are not restricted to any resource. */
  ObjectNode authorizations(IndexRecord record) {
    ObjectNode json = Refusals.object().put("drs_object_id", record.did);
    ArrayNode types = json.putArray("supported_types");
    ArrayNode bearers = json.putArray("bearer_auth_issuers");
    json.putArray("passport_auth_issuers");
    boolean open = false;
    for (JsonNode resource : record.field("authz")) {
      open |= resource.asText().contains("/open");
    }
    if (open) {
      types.add("None");
    } else if (!record.field("authz").isEmpty()) {
      types.add("BearerAuth");
      bearers.add("https://gen3.example.org/user");
    }
    return json;
  }

  /** A record or bundle as an item of a bundle. */
  ObjectNode content(ObjectNode held) {
    String did = held.path("did").asText(held.path("id").asText());
    ObjectNode item = Refusals.object().put("id", did);
    item.set("name", held.has("file_name") ? held.path("file_name") : held.path("name"));
    item.put("drs_uri", uri(did));
    item.set(NESTED, held.has("bundle_data") ? held.path("bundle_data") : item.arrayNode());
    return item;
  }

  /** The routes of bundles show records in this form too. */
  ObjectNode bundle(ObjectNode held, boolean expand) {
    ObjectNode json = content(held);
    ArrayNode contents = json.arrayNode();
    for (JsonNode item : json.path(NESTED)) {
      ObjectNode copy = item.deepCopy();
      if (!expand) {
        copy.remove(NESTED);
      }
      contents.add(copy);
    }
    json.set(NESTED, contents);
    json.set("checksums", checksums(held));
    json.set("created_time", held.path(held.has("did") ? "created_date" : "created_time"));
    json.set("updated_time", held.path(held.has("did") ? "updated_date" : "updated_time"));
    json.set("size", held.path("size"));
    json.putArray("aliases");
    json.set("description", held.path("description"));
    json.set("version", held.path("version"));
    return json;
  }

  /** A bundle as a DRS object. */
  ObjectNode drsBundle(ObjectNode bundle, boolean expand) {
    ObjectNode json = bundle(bundle, expand);
    for (JsonNode item : json.path(NESTED)) {
      ObjectNode content = (ObjectNode) item;
      content.putArray("drs_uri").add(content.path("drs_uri").asText(""));
    }
    json.remove("drs_uri");
    json.put("self_uri", uri(json.path("id").asText())).put("form", "bundle");
    return json;
  }

  private static ArrayNode checksums(ObjectNode held) {
    ArrayNode checksums = Refusals.object().arrayNode();
    held.path("hashes")
        .properties()
        .forEach(
            hash ->
                checksums
                    .addObject()
                    .put("checksum", hash.getValue().asText())
                    .put("type", hash.getKey()));
    return held.has("checksums") ? (ArrayNode) held.path("checksums").deepCopy() : checksums;
  }
}
