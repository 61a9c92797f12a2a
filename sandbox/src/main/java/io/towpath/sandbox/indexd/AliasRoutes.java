package io.towpath.sandbox.indexd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.towpath.sandbox.http.Call;
import io.towpath.sandbox.http.Reply;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Further names of a record, each in use once in the whole index. */
final class AliasRoutes {
  private static final String ALIASES = RecordRoutes.RECORD + "/aliases";

  private final Index index;

  AliasRoutes(Index index) {
    this.index = index;
  }

  void register(RouteTable table) {
    table.open("GET", ALIASES, call -> Reply.json(200, json(record(call))));
    table.mutating("POST", ALIASES, call -> set(call, false));
    table.mutating("PUT", ALIASES, call -> set(call, true));
    table.mutating("DELETE", ALIASES, this::deleteAll);
    table.mutating("DELETE", ALIASES + "/{ALIAS}", this::deleteOne);
  }

  private Reply set(Call call, boolean replaces) {
    List<String> aliases = aliases(RouteTable.body(call));
    IndexRecord record = record(call);
    Set<String> taken = new HashSet<>();
    for (IndexRecord other : index.records.values()) {
      if (other != record || !replaces) {
        taken.addAll(other.aliases);
      }
    }
    if (aliases.stream().anyMatch(alias -> !taken.add(alias))) {
      throw Refusals.conflict(
          "One or more aliases in request already associated with this or another GUID: "
              + aliases);
    }
    if (replaces) {
      record.aliases.clear();
    }
    record.aliases.addAll(aliases);
    return Reply.json(200, json(record)).changed("alias", record.did, String.join(",", aliases));
  }

  private static List<String> aliases(JsonNode body) {
    RecordRules.onlyFields(body, Set.of("aliases"));
    JsonNode given = body.path("aliases");
    if (!given.isArray()) {
      throw Refusals.user("'aliases' is not of type 'array'");
    }
    List<String> aliases = new ArrayList<>();
    for (JsonNode item : given) {
      if (!item.path("value").isTextual()) {
        throw Refusals.user(item + " has no alias under 'value'");
      }
      aliases.add(item.path("value").textValue());
    }
    return aliases;
  }

  private Reply deleteAll(Call call) {
    IndexRecord record = record(call);
    record.aliases.clear();
    return deleted(record, "");
  }

  private Reply deleteOne(Call call) {
    IndexRecord record = record(call);
    String alias = call.variable("ALIAS");
    if (!record.aliases.remove(alias)) {
      throw Refusals.missing(alias);
    }
    return deleted(record, alias);
  }

  private static Reply deleted(IndexRecord record, String alias) {
    return Reply.json(200, TextNode.valueOf("Aliases deleted successfully"))
        .changed("alias", record.did, alias);
  }

  private IndexRecord record(Call call) {
    String did = call.variable("GUID");
    IndexRecord record = index.records.get(did);
    if (record == null) {
      throw Refusals.missing(did);
    }
    return record;
  }

  private static ObjectNode json(IndexRecord record) {
    ObjectNode json = Refusals.object();
    ArrayNode aliases = json.putArray("aliases");
    record.aliases.forEach(alias -> aliases.addObject().put("value", alias));
    return json;
  }
}
