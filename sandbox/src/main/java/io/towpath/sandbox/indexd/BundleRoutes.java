package io.towpath.sandbox.indexd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.http.Call;
import io.towpath.sandbox.http.Reply;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Bundles of records and of other bundles. */
final class BundleRoutes {
  private static final Set<String> FIELDS =
      Set.of(
          "bundle_id", "name", "bundles", "size", "checksums", "description", "version", "aliases");

  private final Index index;
  private final DrsView view;

  BundleRoutes(Index index) {
    this.index = index;
    this.view = new DrsView(index);
  }

  void register(RouteTable table) {
    table.mutating("POST", "/bundle", this::add);
    table.open("GET", "/bundle", this::list);
    table.open("GET", "/bundle/{GUID}", this::show);
    table.mutating("DELETE", "/bundle/{GUID}", this::delete);
  }

  private Reply add(Call call) {
    JsonNode body = RouteTable.body(call);
    RecordRules.onlyFields(body, FIELDS);
    Set<String> members = members(body.path("bundles"));
    String id = body.path("bundle_id").asText(index.newDid());
    if (members.contains(id)) {
      throw Refusals.user("Bundle refers to itself.");
    }
    long size = 0;
    List<String> checksums = new ArrayList<>();
    ArrayNode contents = Refusals.object().arrayNode();
    for (String member : members) {
      ObjectNode held = held(member);
      size += held.path("size").longValue();
      checksums.add(checksum(held));
      contents.add(view.content(held));
    }
    if (index.bundles.containsKey(id)) {
      throw Refusals.conflict("bundle id \"" + id + "\" already exists");
    }
    ObjectNode bundle = Refusals.object().put("id", id).put("name", body.path("name").asText(id));
    String now = index.now().toString().replace("Z", "");
    bundle.put("created_time", now).put("updated_time", now);
    bundle.put("size", body.path("size").asLong(size)).put("form", "bundle");
    bundle.put("version", body.path("version").asText(""));
    bundle.put("description", body.path("description").asText(""));
    bundle.putArray("checksums").addObject().put("type", "md5").put("checksum", md5(checksums));
    bundle.set("bundle_data", contents);
    index.bundles.put(id, bundle);
    ObjectNode answer = Refusals.object().put("bundle_id", id);
    answer.put("name", bundle.path("name").asText()).set("contents", contents);
    return Reply.json(200, answer).changed("bundle", id, bundle.path("name").asText());
  }

  private static Set<String> members(JsonNode given) {
    RecordRules.texts(given);
    if (given.isEmpty()) {
      throw Refusals.user("Bundle data required.");
    }
    Set<String> members = new LinkedHashSet<>();
    given.forEach(one -> members.add(one.asText()));
    if (members.size() < given.size()) {
      throw Refusals.user("Duplicate GUID in bundles.");
    }
    return members;
  }

  private ObjectNode held(String id) {
    return index
        .find(id)
        .map(IndexRecord::json)
        .or(() -> index.bundle(id))
        .orElseThrow(() -> Refusals.missing(Refusals.NO_RECORD));
  }

  private static String checksum(ObjectNode held) {
    JsonNode hashes = held.path("hashes");
    return hashes.isObject()
        ? hashes.properties().iterator().next().getValue().asText()
        : held.path("checksums").path(0).path("checksum").asText();
  }

  private Reply list(Call call) {
    ObjectNode json = Refusals.object();
    ArrayNode records = json.putArray("records");
    index.bundles.values().forEach(bundle -> records.add(bundle.deepCopy().without("bundle_data")));
    return Reply.json(200, json);
  }

  private Reply show(Call call) {
    boolean expand = call.query("expand").orElse("").equals("true");
    return Reply.json(200, view.bundle(held(call.variable("GUID")), expand));
  }

  private Reply delete(Call call) {
    String id = call.variable("GUID");
    if (index.bundles.remove(id) == null) {
      throw Refusals.missing("No bundle found");
    }
    return RouteTable.nothing().changed("bundle", id, "");
  }

  private static String md5(List<String> checksums) {
    try {
      byte[] sorted =
          String.join("", checksums.stream().sorted().toList()).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(sorted));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JRE has MD5", e);
    }
  }
}
