package io.towpath.sandbox.indexd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.http.Call;
import io.towpath.sandbox.http.Reply;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** Records by their did: made, read, changed under their rev, deleted, with versions. */
final class RecordRoutes {
  static final String RECORD = "/index/{GUID}";

  private final Index index;

  RecordRoutes(Index index) {
    this.index = index;
  }

  void register(RouteTable table) {
    table.mutating("POST", "/index", this::add);
    table.open("GET", RECORD, call -> Reply.json(200, shown(call.variable("GUID"))));
    table.mutating("PUT", RECORD, this::change);
    table.mutating("DELETE", RECORD, this::delete);
    table.mutating("POST", RECORD, this::addVersion);
    table.open("GET", RECORD + "/latest", this::latest);
    table.open("GET", RECORD + "/versions", this::versions);
    table.mutating("PUT", RECORD + "/versions", this::restrict);
    table.open("POST", "/bulk/documents", this::bulk);
    table.open("GET", "/{GUID}", this::anything);
  }

  private Reply add(Call call) {
    JsonNode body = RouteTable.body(call);
    RecordRules.created(body, index.knowsDates);
    String baseid = body.path("baseid").asText(UUID.randomUUID().toString());
    return changed(index.add(body, baseid, index.now().plus(call.hideFor())));
  }

  private Reply addVersion(Call call) {
    JsonNode body = RouteTable.body(call);
    RecordRules.created(body, index.knowsDates);
    IndexRecord former = index.exact(call.variable("GUID"));
    return changed(index.add(body, former.baseid, index.now().plus(call.hideFor())));
  }

  private static Reply changed(IndexRecord record) {
    return Reply.json(200, record.reference())
        .changed("record", record.did, record.field("file_name").asText(""));
  }

  private ObjectNode shown(String did) {
    return index
        .find(did)
        .map(IndexRecord::json)
        .or(() -> index.bundle(did))
        .orElseThrow(() -> Refusals.missing("no record found"));
  }

  private Reply change(Call call) {
    JsonNode body = RouteTable.body(call);
    RecordRules.changed(body);
    IndexRecord record = ofRev(call);
    JsonNode urls = body.has("urls") ? body.path("urls") : record.field("urls");
    RecordRules.urlsKnown(body.path("urls_metadata"), urls);
    record.change(body, Index.newRev(), index.now());
    return changed(record);
  }

  private Reply delete(Call call) {
    if (call.query("rev").isEmpty()) {
      throw Refusals.user("no revision specified");
    }
    IndexRecord record = ofRev(call);
    index.records.remove(record.did);
    return RouteTable.nothing().changed("record", record.did, record.field("file_name").asText(""));
  }

  private IndexRecord ofRev(Call call) {
    IndexRecord record = index.exact(call.variable("GUID"));
    if (!record.rev.equals(call.query("rev").orElse(""))) {
      throw Refusals.conflict("revision mismatch");
    }
    return record;
  }

  private Reply latest(Call call) {
    boolean versioned = call.query("has_version").orElse("").equalsIgnoreCase("true");
    List<IndexRecord> fitting =
        index.versions(call.variable("GUID")).stream()
            .filter(record -> !versioned || !record.field("version").isNull())
            .toList();
    if (fitting.isEmpty()) {
      throw Refusals.missing(Refusals.NO_RECORD);
    }
    return Reply.json(200, fitting.get(fitting.size() - 1).json());
  }

  /** An object by number, not the array that the specification tells of. */
  private Reply versions(Call call) {
    ObjectNode json = Refusals.object();
    int number = 0;
    for (IndexRecord record : index.versions(call.variable("GUID"))) {
      json.set(String.valueOf(number), record.json());
      number++;
    }
    return Reply.json(200, json);
  }

  private Reply restrict(Call call) {
    JsonNode body = RouteTable.body(call);
    RecordRules.onlyFields(body, Set.of("acl", "authz"));
    for (String name : List.of("acl", "authz")) {
      if (body.has(name)) {
        RecordRules.texts(body.path(name));
      }
    }
    ArrayNode changed = Refusals.object().arrayNode();
    for (IndexRecord record : index.versions(call.variable("GUID"))) {
      record.restrict(body.path("acl"), body.path("authz"), Index.newRev());
      changed.add(record.reference());
    }
    return Reply.json(200, changed).changed("record", call.variable("GUID"), "");
  }

  /** What is missing is left out silently, and the order is the index's own. */
  private Reply bulk(Call call) {
    JsonNode ids = RouteTable.body(call);
    if (ids.isEmpty() && !ids.isNumber() && !ids.isTextual()) {
      throw Refusals.user("No ids provided");
    }
    if (!ids.isArray()) {
      throw Refusals.user("ids is not a list");
    }
    Set<String> wanted = new TreeSet<>();
    ids.forEach(id -> wanted.add(id.asText()));
    ArrayNode found = Refusals.object().arrayNode();
    index.records.values().stream()
        .filter(record -> wanted.contains(record.did))
        .forEach(record -> found.add(record.json()));
    return Reply.json(200, found);
  }

  /** A did or an alias. */
  private Reply anything(Call call) {
    String name = call.variable("GUID");
    return Reply.json(200, index.byAlias(name).map(IndexRecord::json).orElseGet(() -> shown(name)));
  }
}
