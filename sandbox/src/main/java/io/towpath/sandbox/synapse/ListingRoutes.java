package io.towpath.sandbox.synapse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.http.Reply;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** How entities are found: children of a container, by name, by MD5. */
final class ListingRoutes {
  private final Realm realm;
  private final EntityJson json;

  ListingRoutes(Realm realm) {
    this.realm = realm;
    this.json = new EntityJson(realm);
  }

  void register(RouteTable table) {
    table.reading("POST", "/entity/children", Scope.VIEW, this::children);
    table.reading("POST", "/entity/child", Scope.VIEW, this::child);
    table.get("/entity/md5/{md5}", Scope.VIEW, this::byMd5);
  }

  private Reply children(Request request) {
    ObjectNode given = request.body();
    Set<EntityType> types = types(given);
    Optional<String> parentId = Json.text(given, "parentId").map(EntityIds::normal);
    parentId
        .filter(id -> !id.equals(EntityTree.ROOT))
        .ifPresent(id -> realm.node(id, request.caller(), AccessType.READ));
    PageToken page = PageToken.of(Json.text(given, "nextPageToken"));
    List<Node> all = new ArrayList<>();
    for (Node node : realm.listing(parentId.orElse(EntityTree.ROOT), request.caller())) {
      if (types.contains(node.type)) {
        all.add(node);
      }
    }
    all.sort(order(given));
    ObjectNode answer = Json.object();
    ArrayNode list = answer.putArray("page");
    all.stream()
        .skip(page.offset())
        .limit(page.limit())
        .forEach(node -> list.add(json.header(node, node.current())));
    if (all.size() > page.offset() + page.limit()) {
      answer.put("nextPageToken", page.next());
    }
    if (Json.flag(given, "includeTotalChildCount")) {
      answer.put("totalChildCount", all.size());
    }
    if (Json.flag(given, "includeSumFileSizes")) {
      answer.put("sumFileSizesBytes", sum(all));
    }
    return Reply.json(200, answer);
  }

  private static Set<EntityType> types(ObjectNode given) {
    List<JsonNode> names = Json.list(given, "includeTypes").orElse(List.of());
    if (names.isEmpty()) {
      throw Refusals.badRequest(
          "EntityChildrenRequest.includeTypes must include at least one type");
    }
    Set<EntityType> types = EnumSet.noneOf(EntityType.class);
    names.forEach(name -> EntityType.ofShortName(name.asText()).ifPresent(types::add));
    return types;
  }

  private static Comparator<Node> order(ObjectNode given) {
    Comparator<Node> order =
        switch (Json.text(given, "sortBy").orElse("NAME")) {
          case "NAME" ->
              Comparator.comparing((Node node) -> node.name.toLowerCase(Locale.ROOT))
                  .thenComparing(node -> node.name);
          case "CREATED_ON" -> Comparator.comparing((Node node) -> node.createdOn);
          case "MODIFIED_ON" -> Comparator.comparing((Node node) -> node.modifiedOn);
          default ->
              throw Refusals.badRequest(
                  "No enum constant SortBy." + Json.text(given, "sortBy").orElse(""));
        };
    Comparator<Node> whole = order.thenComparing(node -> EntityIds.number(node.id));
    boolean descending = Json.text(given, "sortDirection").orElse("ASC").equals("DESC");
    return descending ? whole.reversed() : whole;
  }

  private long sum(List<Node> nodes) {
    long sum = 0;
    for (Node node : nodes) {
      sum += realm.fileOf(node.current()).map(h -> h.content().size().orElse(0)).orElse(0L);
    }
    return sum;
  }

  private Reply child(Request request) {
    ObjectNode given = request.body();
    Optional<String> parentId = Json.text(given, "parentId").map(EntityIds::normal);
    String name =
        Json.text(given, "entityName")
            .orElseThrow(() -> Refusals.badRequest("EntityLookupRequest.entityName is required."));
    parentId
        .filter(id -> !id.equals(EntityTree.ROOT))
        .ifPresent(id -> realm.node(id, request.caller(), AccessType.READ));
    Node found =
        realm
            .tree
            .child(parentId.orElse(EntityTree.ROOT), name)
            .filter(realm::visible)
            .orElseThrow(
                () ->
                    Refusals.notFound(
                        "Child not found for parent: '"
                            + parentId.orElse(EntityTree.ROOT)
                            + "' with name: '"
                            + name
                            + "'"));
    realm.require(found, request.caller(), AccessType.READ);
    return Reply.json(200, Json.object().put("id", found.id));
  }

  private Reply byMd5(Request request) {
    Optional<String> md5 = Optional.of(request.call().variable("md5").toLowerCase(Locale.ROOT));
    List<ObjectNode> found = new ArrayList<>();
    for (Node node : realm.tree.all()) {
      if (!realm.visible(node)
          || realm.tree.inTrash(node)
          || !realm.allowed(node, request.caller(), AccessType.READ)) {
        continue;
      }
      for (Revision revision : node.revisions.values()) {
        Optional<String> of = realm.fileOf(revision).flatMap(handle -> handle.content().md5());
        if (of.map(text -> text.toLowerCase(Locale.ROOT)).equals(md5)) {
          found.add(json.header(node, revision));
        }
      }
    }
    return Reply.json(200, Json.page(found, 0, found.size()));
  }
}
