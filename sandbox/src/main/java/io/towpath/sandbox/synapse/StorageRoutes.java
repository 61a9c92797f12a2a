package io.towpath.sandbox.synapse;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.http.Reply;
import java.util.List;
import java.util.Optional;

/** Storage locations, and where uploads into a folder go. */
final class StorageRoutes {
  private static final int MAX_LISTED = 100;
  private static final List<String> UPLOAD_TYPES =
      List.of("S3", "GOOGLECLOUDSTORAGE", "SFTP", "HTTPS", "PROXYLOCAL", "NONE");
  private static final List<String> TEXTS = List.of("bucket", "banner", "description");
  private final Realm realm;
  private final OwnerFile owners;

  StorageRoutes(Realm realm) {
    this.realm = realm;
    this.owners = new OwnerFile(realm.store);
  }

  void register(RouteTable table) {
    table.changing("POST", "/storageLocation", Scope.WRITE, this::create);
    table.get("/storageLocation", Scope.VIEW, this::list);
    table.get("/storageLocation/{id}", Scope.VIEW, this::get);
    table.get("/entity/{id}/uploadDestination", Scope.VIEW, this::destination);
    table.get("/entity/{id}/uploadDestination/{storageLocationId}", Scope.VIEW, this::chosen);
    table.get("/entity/{id}/uploadDestinationLocations", Scope.VIEW, this::locations);
  }

  private Reply create(Request request) {
    ObjectNode setting = normal(request.body());
    boolean external =
        Json.text(setting, "concreteType").equals(Optional.of(StorageLocation.EXTERNAL_S3));
    if (external) {
      String bucket = Json.required(setting, "bucket");
      owners.require(request.caller(), bucket, Json.text(setting, "baseKey"));
    }
    boolean fresh = realm.locations.isNew(request.caller(), setting);
    StorageLocation location = realm.locations.ensure(request.caller(), realm.now(), setting);
    Reply reply = Reply.json(201, location.json());
    String id = Long.toString(location.id());
    return fresh
        ? reply.changed("storageLocation", id, Json.text(setting, "bucket").orElse(""))
        : reply;
  }

  /** The fields that count, with the base key stripped of slashes and blanks. */
  private static ObjectNode normal(ObjectNode given) {
    String type = Json.required(given, "concreteType");
    if (!List.of(StorageLocation.EXTERNAL_S3, StorageLocation.SYNAPSE_S3).contains(type)) {
      throw Refusals.badRequest(
          "Unknown implementation of: "
              + StorageLocation.PROJECT_MODEL
              + "StorageLocationSetting, "
              + type);
    }
    ObjectNode setting = Json.object().put("concreteType", type);
    setting.put("uploadType", Json.oneOf(given, "uploadType", UPLOAD_TYPES).orElse("S3"));
    for (String field : TEXTS) {
      Json.put(setting, field, Json.text(given, field));
    }
    Json.put(
        setting,
        "baseKey",
        Json.text(given, "baseKey")
            .map(key -> key.replaceAll("^[/ \\t]+|[/ \\t]+$", ""))
            .filter(key -> !key.isEmpty()));
    if (given.hasNonNull("stsEnabled")) {
      setting.put("stsEnabled", Json.flag(given, "stsEnabled"));
    }
    return setting;
  }

  private Reply list(Request request) {
    ObjectNode answer = Json.object();
    ArrayNode list = answer.putArray("list");
    realm.locations.of(request.caller()).stream()
        .limit(MAX_LISTED)
        .forEach(location -> list.add(location.json()));
    return Reply.json(200, answer);
  }

  private Reply get(Request request) {
    StorageLocation location = realm.locations.get(request.number("id"));
    if (!location.createdBy().equals(request.caller().userId())) {
      throw Refusals.forbidden("Only the creator can access storage location settings");
    }
    return Reply.json(200, location.json());
  }

  private List<Long> locationsOf(Node node) {
    return realm
        .projectSettings
        .inherited(realm, node)
        .map(ProjectSettings.Setting::locations)
        .filter(ids -> !ids.isEmpty())
        .orElse(List.of(StorageLocations.DEFAULT_ID));
  }

  private Reply destination(Request request) {
    Node node = realm.node(request.id(), request.caller(), AccessType.READ);
    return destination(node, locationsOf(node).get(0));
  }

  private Reply chosen(Request request) {
    Node node = realm.node(request.id(), request.caller(), AccessType.READ);
    return destination(node, request.number("storageLocationId"));
  }

  private Reply destination(Node node, long locationId) {
    String project = realm.tree.benefactor(node).id;
    return Reply.json(200, realm.locations.get(locationId).destination(project));
  }

  private Reply locations(Request request) {
    Node node = realm.node(request.id(), request.caller(), AccessType.READ);
    ObjectNode answer = Json.object();
    ArrayNode list = answer.putArray("list");
    for (long id : locationsOf(node)) {
      ObjectNode setting = realm.locations.get(id).setting();
      ObjectNode item = list.addObject().put("storageLocationId", id);
      Json.put(item, "uploadType", Json.text(setting, "uploadType"));
      Json.put(item, "description", Json.text(setting, "description"));
    }
    return Reply.json(200, answer);
  }
}
