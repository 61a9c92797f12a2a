package io.towpath.sandbox.synapse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.http.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Entities: create, read, update, and what is asked about one of them. */
final class EntityRoutes {
  private final Realm realm;
  private final EntityJson json;
  private final EntityWriter writer;

  EntityRoutes(Realm realm) {
    this.realm = realm;
    this.json = new EntityJson(realm);
    this.writer = new EntityWriter(realm);
  }

  void register(RouteTable table) {
    table.changing("POST", "/entity", Scope.WRITE, this::create);
    table.get("/entity/{id}", Scope.VIEW, this::get);
    table.changing("PUT", "/entity/{id}", Scope.WRITE, this::update);
    table.get("/entity/{id}/path", Scope.VIEW, r -> Reply.json(200, json.path(readable(r))));
    table.get("/entity/{id}/permissions", Scope.VIEW, this::permissions);
    table.get("/entity/{id}/access", Scope.VIEW, this::access);
    table.get("/entity/{id}/benefactor", Scope.VIEW, this::benefactor);
    table.get("/entity/{id}/acl", Scope.VIEW, this::accessList);
    table.get("/entity/{id}/type", Scope.VIEW, this::header);
    table.get("/entity/{id}/version/{versionNumber}/type", Scope.VIEW, this::versionHeader);
    table.get("/entity/type", Scope.VIEW, this::headersByQuery);
    table.reading("POST", "/entity/header", Scope.VIEW, this::headers);
    table.get("/entity/{id}/filehandles", Scope.VIEW, this::fileHandles);
    table.get("/entity/{id}/version/{versionNumber}/filehandles", Scope.VIEW, this::fileHandles);
    table.get("/entity/{id}/actions/download", Scope.VIEW, this::downloadActions);
    table.get("/entity/{id}/accessRequirement", Scope.VIEW, this::noRequirements);
    table.get("/entity/alias/{alias}", Scope.VIEW, this::byAlias);
    table.reading("POST", "/restrictionInformation", Scope.VIEW, this::restrictions);
  }

  private Node readable(Request request) {
    return realm.node(request.id(), request.caller(), AccessType.READ);
  }

  private Reply create(Request request) {
    Node node =
        writer.create(
            request.caller(),
            request.body(),
            request.text("generatedBy"),
            request.call().hideFor());
    return Reply.json(201, json.entity(node, node.current())).changed("entity", node.id, node.name);
  }

  private Reply get(Request request) {
    Node node = readable(request);
    return Reply.json(200, json.entity(node, node.current()));
  }

  private Reply update(Request request) {
    Node node =
        writer.update(
            request.caller(),
            request.id(),
            request.body(),
            request.flag("newVersion", false),
            request.text("generatedBy"));
    return Reply.json(200, json.entity(node, node.current())).changed("entity", node.id, node.name);
  }

  private Reply permissions(Request request) {
    return Reply.json(200, json.permissions(readable(request), request.caller()));
  }

  private Reply access(Request request) {
    Node node = realm.existing(EntityIds.normal(request.id()));
    String wanted =
        request
            .text("accessType")
            .orElseThrow(
                () -> Refusals.badRequest("Required parameter 'accessType' is not present."));
    for (AccessType type : AccessType.values()) {
      if (type.name().equals(wanted)) {
        boolean allowed = realm.allowed(node, request.caller(), type);
        return Reply.text(200, "application/json", Boolean.toString(allowed));
      }
    }
    throw Refusals.badRequest("No enum constant ACCESS_TYPE." + wanted);
  }

  private Reply benefactor(Request request) {
    Node benefactor = realm.tree.benefactor(readable(request));
    return Reply.json(200, json.header(benefactor, benefactor.current()));
  }

  private Reply accessList(Request request) {
    Node node = readable(request);
    Node benefactor = realm.tree.benefactor(node);
    if (!benefactor.id.equals(node.id)) {
      throw Refusals.notFound(
          "The requested ACL does not exist. This entity inherits its permissions from: "
              + benefactor.id);
    }
    return Reply.json(200, json.accessList(benefactor));
  }

  private Reply header(Request request) {
    Node node = readable(request);
    return Reply.json(200, json.header(node, node.current()));
  }

  private Reply versionHeader(Request request) {
    Node node = readable(request);
    return Reply.json(
        200, json.header(node, realm.revision(node, request.number("versionNumber"))));
  }

  private Reply headersByQuery(Request request) {
    List<ObjectNode> found = new ArrayList<>();
    for (String id : request.text("batch").orElse("").split(",", -1)) {
      Node node = realm.node(id, request.caller(), AccessType.READ);
      found.add(json.header(node, node.current()));
    }
    return Reply.json(200, Json.page(found, 0, found.size()));
  }

  /** Headers of many references; those that the caller may not read are left out. */
  private Reply headers(Request request) {
    List<JsonNode> references =
        Json.list(request.body(), "references")
            .orElseThrow(() -> Refusals.badRequest("references is required."));
    List<ObjectNode> found = new ArrayList<>();
    for (JsonNode reference : references) {
      Optional<Node> node =
          realm
              .tree
              .find(EntityIds.normal(Json.required(reference, "targetId")))
              .filter(n -> !realm.tree.inTrash(n))
              .filter(n -> realm.allowed(n, request.caller(), AccessType.READ));
      if (node.isPresent()) {
        long version =
            Json.number(reference, "targetVersionNumber").orElse(node.get().current().number);
        found.add(json.header(node.get(), realm.revision(node.get(), version)));
      }
    }
    return Reply.json(200, Json.page(found, 0, found.size()));
  }

  private Reply fileHandles(Request request) {
    Node node = realm.node(request.id(), request.caller(), AccessType.DOWNLOAD);
    Revision revision =
        request.call().variables().containsKey("versionNumber")
            ? realm.revision(node, request.number("versionNumber"))
            : node.current();
    ObjectNode answer = Json.object();
    ArrayNode list = answer.putArray("list");
    realm.fileOf(revision).ifPresent(handle -> list.add(handle.json()));
    return Reply.json(200, answer);
  }

  private Reply downloadActions(Request request) {
    readable(request);
    ObjectNode answer = Json.object();
    answer.putArray("actions");
    return Reply.json(200, answer);
  }

  private Reply noRequirements(Request request) {
    readable(request);
    return Reply.json(200, Json.page(List.of(), 0, 0));
  }

  private Reply byAlias(Request request) {
    String alias = request.call().variable("alias");
    for (Node node : realm.tree.all()) {
      if (Json.text(node.own, "alias").equals(Optional.of(alias)) && !realm.tree.inTrash(node)) {
        return Reply.json(200, Json.object().put("id", node.id));
      }
    }
    throw Refusals.notFound("Did not find a project with alias: " + alias);
  }

  private Reply restrictions(Request request) {
    ObjectNode given = request.body();
    Node node = realm.node(Json.required(given, "objectId"), request.caller(), AccessType.READ);
    return Reply.json(200, BundleRoutes.restrictions(node));
  }
}
