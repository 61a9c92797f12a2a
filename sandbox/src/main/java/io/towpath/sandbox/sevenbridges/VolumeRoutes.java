package io.towpath.sandbox.sevenbridges;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.http.Reply;
import io.towpath.sandbox.s3.ObjectStore.Stored;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Volumes, and what lies on them. */
final class VolumeRoutes {
  private static final String VOLUMES = "/storage/volumes";
  private static final String ONE = VOLUMES + "/{owner}/{name}";
  private static final String ONE_NAME = VOLUMES + "/{id}";

  private final Realm realm;

  VolumeRoutes(Realm realm) {
    this.realm = realm;
  }

  void register(RouteTable table) {
    table.reading("GET", VOLUMES, this::all);
    table.mutating("POST", VOLUMES, this::create);
    table.reading("GET", ONE, ONE_NAME, request -> request.one(200, json(request, find(request))));
    table.mutating("PATCH", ONE, ONE_NAME, this::update);
    table.mutating("DELETE", ONE, ONE_NAME, this::delete);
    table.reading("GET", ONE + "/list", ONE_NAME + "/list", this::list);
    table.reading("GET", ONE + "/object", ONE_NAME + "/object", this::object);
  }

  private Volume find(Request request) {
    return realm.access.volume(request.variable("owner") + "/" + request.variable("name"));
  }

  private Reply all(Request request) {
    List<Volume> own =
        realm.volumes.all().stream()
            .filter(volume -> volume.owner().equals(realm.settings.user()))
            .toList();
    return request.page(own, volume -> json(request, volume), "href", "id", "name", "active");
  }

  private Reply create(Request request) {
    ObjectNode body = request.body();
    String name = Fields.text(body, "name").orElseThrow(Refusal.NO_VOLUME_NAME::thrown);
    if (!name.matches("\\w{1,32}")) {
      throw Refusal.VOLUME_NAME.thrown();
    }
    boolean writable = writable(body);
    if (!body.path("service").isObject()) {
      throw Refusal.NO_SERVICE.thrown();
    }
    ObjectNode service = Fields.objectAt(body, "service");
    boolean s3 = Fields.text(service, "type").filter("s3"::equalsIgnoreCase).isPresent();
    Optional<String> bucket = Fields.text(service, "bucket");
    if (!s3 || bucket.isEmpty() || !service.path("credentials").isObject()) {
      throw Refusal.SERVICE.thrown();
    }
    String id = realm.settings.user() + "/" + name;
    if (realm.volumes.find(id).isPresent()) {
      throw Refusal.VOLUME_EXISTS.thrown();
    }
    String prefix = Fields.text(service, "prefix").orElse("");
    Volume volume = new Volume(id, bucket.get(), prefix, writable, request.now());
    if (!readable(volume)) {
      throw Refusal.NO_READ_ACCESS.thrown();
    }
    volume.description = Fields.text(body, "description");
    realm.volumes.add(volume);
    return request.one(201, json(request, volume)).changed("volume", id, name);
  }

  private static boolean writable(ObjectNode body) {
    String mode = Fields.text(body, "access_mode").orElseThrow(Refusal.VOLUME_MODE::thrown);
    if (!mode.equals("RO") && !mode.equals("RW")) {
      throw Refusal.VOLUME_MODE.thrown();
    }
    return mode.equals("RW");
  }

  /** Buckets of the platform itself are nobody's to mount. */
  private boolean readable(Volume volume) {
    return !volume.bucket.equals(realm.settings.bucket())
        && realm.store.bucketExists(volume.bucket);
  }

  private Reply update(Request request) {
    Volume volume = find(request);
    ObjectNode body = request.body();
    boolean writable = body.hasNonNull("access_mode") ? writable(body) : volume.writable;
    boolean active = Fields.flag(body, "active", volume.active);
    volume.description = Fields.text(body, "description").or(() -> volume.description);
    volume.writable = writable;
    volume.active = active;
    return request.one(200, json(request, volume)).changed("volume", volume.id, volume.name());
  }

  private Reply delete(Request request) {
    Volume volume = find(request);
    if (volume.active) {
      throw Refusal.BAD_REQUEST.thrown("Bad request: a volume must be deactivated first.");
    }
    realm.volumes.remove(volume);
    return Reply.empty(204).changed("volume", volume.id, volume.name());
  }

  /** Objects and folders of one level, without a total. */
  private Reply list(Request request) {
    Volume volume = find(request);
    requireReadable(volume);
    String prefix = request.query("prefix").orElse("");
    String after = request.query("continuation_token").orElse("");
    int limit = request.limit();
    TreeSet<String> folders = new TreeSet<>();
    String self = request.volumeLink(path(volume) + "/list", prefix, after);
    ObjectNode page = Fields.object().put("href", self);
    ArrayNode items = page.putArray("items");
    String next = "";
    for (Stored stored : realm.store.list(volume.bucket, volume.key(prefix))) {
      String location = volume.location(stored.key());
      int slash = location.indexOf('/', prefix.length());
      if (location.compareTo(after) > 0 && next.isEmpty()) {
        if (slash >= 0) {
          folders.add(location.substring(0, slash + 1));
        } else if (items.size() < limit) {
          items.add(object(request, volume, stored));
        } else {
          next = items.path(limit - 1).path("location").asText();
        }
      }
    }
    ArrayNode prefixes = page.putArray("prefixes");
    for (String folder : folders) {
      String href = request.href(path(volume) + "/list") + "?prefix=" + Request.encoded(folder);
      prefixes.addObject().put("href", href).put("volume", volume.id).put("prefix", folder);
    }
    ArrayNode links = page.putArray("links");
    if (!next.isEmpty()) {
      links.addObject().put("next", request.volumeLink(path(volume) + "/list", prefix, next));
    }
    return Reply.json(200, page);
  }

  private Reply object(Request request) {
    Volume volume = find(request);
    requireReadable(volume);
    String location = request.query("location").orElseThrow(Refusal.TRANSFER_SYNTAX::thrown);
    Stored stored =
        realm
            .store
            .head(volume.bucket, volume.key(location))
            .orElseThrow(Refusal.JOB_NO_LOCATION::thrown);
    return request.one(200, object(request, volume, stored));
  }

  private void requireReadable(Volume volume) {
    if (!volume.active || !readable(volume)) {
      throw Refusal.NO_READ_ACCESS.thrown();
    }
  }

  private static String path(Volume volume) {
    return VOLUMES + "/" + volume.id;
  }

  private static ObjectNode object(Request request, Volume volume, Stored stored) {
    String location = volume.location(stored.key());
    String href = request.href(path(volume) + "/object") + "?location=" + Request.encoded(location);
    ObjectNode json = Fields.object().put("href", href);
    json.put("location", location).put("volume", volume.id).put("type", "s3");
    ObjectNode metadata = json.putObject("metadata");
    metadata.put("size", stored.size()).put("etag", stored.etag());
    if (!stored.contentType().isEmpty()) {
      metadata.put("content_type", stored.contentType());
    }
    return json;
  }

  private static ObjectNode json(Request request, Volume volume) {
    ObjectNode json = Fields.object().put("href", request.href(path(volume)));
    json.put("id", volume.id).put("name", volume.name());
    Fields.put(json, "description", volume.description);
    json.put("access_mode", volume.writable ? "RW" : "RO").put("active", volume.active);
    ObjectNode service = json.putObject("service").put("type", "s3").put("bucket", volume.bucket);
    service.put("prefix", volume.prefix).put("endpoint", "s3.amazonaws.com");
    service.putObject("properties").put("sse_algorithm", "AES256");
    String created = Fields.time(volume.created);
    return json.put("created_on", created).put("modified_on", created);
  }
}
