package io.towpath.sandbox.drs;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Objects as one profile shows them. */
final class DrsJson {
  static final String HOST = "cavatica-ga4gh-api.sbgenomics.com";
  static final String ISSUER = "https://cavatica.sbgenomics.com";
  private static final int DEEPEST = 10;

  private final DrsRegistry registry;
  private final Profile profile;

  DrsJson(DrsRegistry registry, Profile profile) {
    this.registry = registry;
    this.profile = profile;
  }

  static String uri(String id) {
    return "drs://" + HOST + "/" + id;
  }

  ObjectNode object(DrsObject object, boolean expand) {
    ObjectNode json = Answers.object().put("id", object.id()).put("name", object.name());
    json.put("self_uri", uri(object.id())).put("size", object.size());
    json.put("created_time", time(object.created())).put("updated_time", time(object.updated()));
    ArrayNode checksums = json.putArray("checksums");
    object
        .checksums()
        .forEach((type, value) -> checksums.addObject().put("type", type).put("checksum", value));
    if (object.place().isPresent()) {
      json.put("mime_type", object.mimeType());
      json.putArray("access_methods").add(accessMethod(object.id(), object.place().get()));
    } else {
      json.set("contents", contents(object.contents(), expand, DEEPEST));
    }
    return json;
  }

  private ObjectNode accessMethod(String id, DrsObject.Place place) {
    ObjectNode method = Answers.object().put("type", "s3").put("region", place.region());
    method.put("access_id", place.accessId());
    if (profile.isLater()) {
      method.put("cloud", "aws").put("available", true);
      method.set("authorizations", authorizations(id));
    }
    return method;
  }

  static ObjectNode authorizations(String id) {
    ObjectNode json = Answers.object().put("drs_object_id", id);
    json.putArray("supported_types").add("BearerAuth");
    json.putArray("bearer_auth_issuers").add(ISSUER);
    return json;
  }

  private ArrayNode contents(List<String> ids, boolean expand, int depth) {
    ArrayNode contents = Answers.object().arrayNode();
    for (String id : ids) {
      Optional<DrsObject> found = registry.find(id);
      ObjectNode item = contents.addObject();
      item.put("name", found.map(DrsObject::name).orElse(id)).put("id", id);
      item.putArray("drs_uri").add(uri(id));
      List<String> nested = found.map(DrsObject::contents).orElse(List.of());
      if (expand && depth > 0 && !nested.isEmpty()) {
        item.set("contents", contents(nested, true, depth - 1));
      }
    }
    return contents;
  }

  private static String time(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
