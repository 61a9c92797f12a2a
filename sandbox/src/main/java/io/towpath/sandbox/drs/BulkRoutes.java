package io.towpath.sandbox.drs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.http.Call;
import io.towpath.sandbox.http.Reply;
import io.towpath.sandbox.http.ReplyException;
import io.towpath.sandbox.http.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** What came with 1.3 to 1.5: many objects in one call, and how to authorize. */
final class BulkRoutes {
  static final int MOST = 100;
  private static final String IDS = "bulk_object_ids";
  private static final String ACCESS_IDS = "bulk_object_access_ids";

  /** One wanted item under the id that a failure is told by. */
  private record Wanted(String objectId, String accessId) {}

  private final ObjectRoutes objects;

  BulkRoutes(ObjectRoutes objects) {
    this.objects = objects;
  }

  List<Route> routes() {
    return List.of(
        Route.reading("POST", "/objects", this::many),
        Route.reading("POST", "/objects/access", this::accesses),
        Route.reading("OPTIONS", "/objects", this::options).withoutCredentials(),
        Route.reading("OPTIONS", ObjectRoutes.OBJECT, this::option).withoutCredentials());
  }

  private Reply many(Call call) {
    boolean expand = ObjectRoutes.expands(call);
    return answer(
        ids(call),
        "resolved_drs_object",
        wanted -> objects.shown(objects.find(wanted.objectId()), expand));
  }

  private Reply options(Call call) {
    return answer(
        ids(call),
        "resolved_drs_object",
        wanted -> DrsJson.authorizations(objects.find(wanted.objectId()).id()));
  }

  private Reply option(Call call) {
    String id = objects.find(call.variable("object_id")).id();
    return Reply.json(200, DrsJson.authorizations(id));
  }

  private Reply accesses(Call call) {
    JsonNode pairs = ObjectRoutes.body(call).path(ACCESS_IDS);
    if (!pairs.isArray()) {
      throw Answers.refusedDrs(400, ACCESS_IDS + " must be an array.");
    }
    List<Wanted> wanted = new ArrayList<>();
    for (JsonNode pair : pairs) {
      JsonNode id = pair.path("bulk_object_id");
      if (!id.isTextual() || id.textValue().isEmpty()) {
        throw Answers.refusedDrs(400, "bulk_object_id must be a string.");
      }
      ObjectRoutes.texts(pair.path("bulk_access_ids"), "bulk_access_ids")
          .forEach(accessId -> wanted.add(new Wanted(id.textValue(), accessId)));
    }
    return answer(limited(wanted), "resolved_drs_object_access_urls", this::access);
  }

  private ObjectNode access(Wanted wanted) {
    ObjectNode json = Answers.object().put("drs_object_id", wanted.objectId());
    json.put("drs_access_id", wanted.accessId());
    return json.setAll(objects.access(objects.find(wanted.objectId()), wanted.accessId()));
  }

  private static List<Wanted> ids(Call call) {
    return limited(
        ObjectRoutes.texts(ObjectRoutes.body(call).path(IDS), IDS).stream()
            .map(id -> new Wanted(id, ""))
            .toList());
  }

  private static List<Wanted> limited(List<Wanted> wanted) {
    if (wanted.size() > MOST) {
      throw Answers.refusedDrs(413, "The bulk request is too large: at most " + MOST + ".");
    }
    return wanted;
  }

  private static Reply answer(List<Wanted> wanted, String name, Function<Wanted, ObjectNode> show) {
    ArrayNode resolved = Answers.object().arrayNode();
    Map<Integer, List<String>> failed = new TreeMap<>();
    for (Wanted one : wanted) {
      try {
        resolved.add(show.apply(one));
      } catch (ReplyException refused) {
        failed
            .computeIfAbsent(refused.reply().status(), any -> new ArrayList<>())
            .add(one.objectId());
      }
    }
    ObjectNode json = Answers.object();
    ObjectNode summary = json.putObject("summary").put("requested", wanted.size());
    summary.put("resolved", resolved.size()).put("unresolved", wanted.size() - resolved.size());
    ArrayNode unresolved = json.putArray("unresolved_drs_objects");
    failed.forEach(
        (code, ids) -> {
          ArrayNode list = unresolved.addObject().put("error_code", code).putArray("object_ids");
          ids.forEach(list::add);
        });
    json.set(name, resolved);
    return Reply.json(200, json);
  }
}
