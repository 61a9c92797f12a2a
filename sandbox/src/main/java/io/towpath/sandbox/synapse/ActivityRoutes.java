package io.towpath.sandbox.synapse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.http.Reply;
import java.net.MalformedURLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Provenance: activities and the entity versions that they generated. */
final class ActivityRoutes {
  private static final String PROVENANCE = "org.sagebionetworks.repo.model.provenance.";
  private final Realm realm;

  ActivityRoutes(Realm realm) {
    this.realm = realm;
  }

  void register(RouteTable table) {
    table.changing("POST", "/activity", Scope.WRITE, this::create);
    table.get("/activity/{id}", Scope.VIEW, r -> Reply.json(200, readable(r).json()));
    table.changing("PUT", "/activity/{id}", Scope.WRITE, this::replace);
    table.changing("DELETE", "/activity/{id}", Scope.DELETE, this::delete);
    table.get("/activity/{id}/generated", Scope.VIEW, this::generated);
    table.get("/entity/{id}/generatedBy", Scope.VIEW, this::generatedBy);
    table.get("/entity/{id}/version/{versionNumber}/generatedBy", Scope.VIEW, this::ofVersion);
    table.changing("PUT", "/entity/{id}/generatedBy", Scope.WRITE, this::attach);
    table.changing("DELETE", "/entity/{id}/generatedBy", Scope.DELETE, this::detach);
  }

  private Reply create(Request request) {
    ObjectNode given = request.body();
    Activity activity =
        realm.activities.add(
            request.caller(),
            realm.now(),
            Json.text(given, "name"),
            Json.text(given, "description"),
            used(given));
    return Reply.json(201, activity.json())
        .changed("activity", activity.id(), activity.name().orElse(""));
  }

  private Reply replace(Request request) {
    Activity activity = realm.activities.get(request.id());
    requireCreator(request, activity);
    ObjectNode given = request.body();
    if (!Json.text(given, "etag").equals(Optional.of(activity.etag()))) {
      throw Refusals.stale(activity.id());
    }
    Activity next =
        activity.replaced(
            realm.now(), Json.text(given, "name"), Json.text(given, "description"), used(given));
    realm.activities.replace(next);
    return Reply.json(200, next.json()).changed("activity", next.id(), next.name().orElse(""));
  }

  private Reply delete(Request request) {
    Activity activity = realm.activities.get(request.id());
    requireCreator(request, activity);
    for (Generated generated : allGenerated(activity)) {
      generated.revision().activityId = Optional.empty();
      generated.node().touch(request.caller().userId(), realm.now());
    }
    realm.activities.remove(activity.id());
    return Reply.empty(204).changed("activity", activity.id(), activity.name().orElse(""));
  }

  private static void requireCreator(Request request, Activity activity) {
    if (!activity.createdBy().equals(request.caller().userId())) {
      throw Refusals.forbidden("Only the creator of an activity can change it: " + activity.id());
    }
  }

  /** Reading an activity needs sight of one entity that it generated, or having made it. */
  private Activity readable(Request request) {
    Activity activity = realm.activities.get(request.id());
    boolean seen =
        allGenerated(activity).stream()
            .anyMatch(g -> realm.allowed(g.node(), request.caller(), AccessType.READ));
    if (!seen && !activity.createdBy().equals(request.caller().userId())) {
      throw Refusals.forbidden("You are not allowed to read activity " + activity.id());
    }
    return activity;
  }

  private record Generated(Node node, Revision revision) {}

  private List<Generated> allGenerated(Activity activity) {
    List<Generated> found = new ArrayList<>();
    for (Node node : realm.tree.all()) {
      for (Revision revision : node.revisions.values()) {
        if (revision.activityId.equals(Optional.of(activity.id()))) {
          found.add(new Generated(node, revision));
        }
      }
    }
    return found;
  }

  private Reply generated(Request request) {
    Activity activity = readable(request);
    List<ObjectNode> references = new ArrayList<>();
    for (Generated generated : allGenerated(activity)) {
      if (realm.visible(generated.node()) && !realm.tree.inTrash(generated.node())) {
        references.add(
            Json.object()
                .put("targetId", generated.node().id)
                .put("targetVersionNumber", generated.revision().number));
      }
    }
    return Reply.json(
        200, Json.page(references, request.query("offset", 0), request.query("limit", 10)));
  }

  private Reply generatedBy(Request request) {
    Node node = realm.node(request.id(), request.caller(), AccessType.READ);
    return activityOf(node, node.current());
  }

  private Reply ofVersion(Request request) {
    Node node = realm.node(request.id(), request.caller(), AccessType.READ);
    return activityOf(node, realm.revision(node, request.number("versionNumber")));
  }

  private Reply activityOf(Node node, Revision revision) {
    String id =
        revision.activityId.orElseThrow(
            () ->
                Refusals.notFound("No activity: entity " + node.id + " was not generated by one"));
    return Reply.json(200, realm.activities.get(id).json());
  }

  private Reply attach(Request request) {
    Node node = realm.node(request.id(), request.caller(), AccessType.UPDATE);
    Activity activity =
        realm.activities.get(
            request
                .text("generatedBy")
                .orElseThrow(() -> Refusals.badRequest("generatedBy is required.")));
    node.current().activityId = Optional.of(activity.id());
    node.touch(request.caller().userId(), realm.now());
    return Reply.json(200, activity.json()).changed("entity", node.id, node.name);
  }

  private Reply detach(Request request) {
    Node node = realm.node(request.id(), request.caller(), AccessType.UPDATE);
    node.current().activityId = Optional.empty();
    node.touch(request.caller().userId(), realm.now());
    return Reply.empty(204).changed("entity", node.id, node.name);
  }

  private ArrayNode used(ObjectNode given) {
    ArrayNode used = Json.array();
    for (JsonNode item : Json.list(given, "used").orElse(List.of())) {
      String type = Json.required(item, "concreteType");
      ObjectNode copy = Json.object().put("wasExecuted", Json.flag(item, "wasExecuted"));
      if (type.equals(PROVENANCE + "UsedEntity")) {
        copy.put("concreteType", type);
        copy.set("reference", reference(item));
      } else if (type.equals(PROVENANCE + "UsedURL")) {
        copy.put("concreteType", type);
        copy.put("url", url(item));
        Json.put(copy, "name", Json.text(item, "name"));
      } else {
        throw Refusals.badRequest("Unknown implementation of: " + PROVENANCE + "Used, " + type);
      }
      used.add(copy);
    }
    return used;
  }

  /** The reference with the version that is current now, where none is named. */
  private ObjectNode reference(JsonNode used) {
    ObjectNode given =
        Json.object(used, "reference")
            .orElseThrow(() -> Refusals.badRequest("UsedEntity reference is required."));
    EntityIds.Versioned target = EntityIds.parse(Json.required(given, "targetId"));
    Node node = realm.existing(target.id());
    long version =
        Json.number(given, "targetVersionNumber")
            .orElse(target.version().orElse(node.current().number));
    return Json.object().put("targetId", node.id).put("targetVersionNumber", version);
  }

  @SuppressWarnings("URLMissingProtocol")
  private static String url(JsonNode used) {
    String url = Json.text(used, "url").orElse("");
    try {
      return new java.net.URL(url).toString().isEmpty() ? "" : url;
    } catch (MalformedURLException malformed) {
      throw Refusals.badRequest("UsedURL url field is malformed: " + url);
    }
  }
}
