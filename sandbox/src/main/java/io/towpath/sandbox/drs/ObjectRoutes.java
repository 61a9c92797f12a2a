package io.towpath.sandbox.drs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.http.Call;
import io.towpath.sandbox.http.Reply;
import io.towpath.sandbox.http.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The routes that both profiles have: one object, and a URL to read it from. */
final class ObjectRoutes {
  static final String OBJECT = "/objects/{object_id}";
  static final String ACCESS = OBJECT + "/access/{access_id}";

  private final DrsRegistry registry;
  private final Profile profile;
  private final DrsJson json;

  ObjectRoutes(DrsRegistry registry, Profile profile) {
    this.registry = registry;
    this.profile = profile;
    this.json = new DrsJson(registry, profile);
  }

  List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    routes.add(
        Route.reading("GET", "/service-info", call -> Reply.json(200, serviceInfo()))
            .withoutCredentials());
    routes.add(Route.reading("GET", OBJECT, call -> object(call, expands(call))));
    routes.add(Route.reading("POST", OBJECT, call -> object(call, passports(call))));
    routes.add(Route.reading("GET", ACCESS, this::access));
    routes.add(
        Route.reading(
            "POST",
            ACCESS,
            call -> {
              passports(call);
              return access(call);
            }));
    return routes;
  }

  private Reply object(Call call, boolean expand) {
    return Reply.json(200, json.object(find(call.variable("object_id")), expand));
  }

  private Reply access(Call call) {
    DrsObject object = find(call.variable("object_id"));
    return Reply.json(200, access(object, call.variable("access_id")));
  }

  DrsObject find(String id) {
    return registry
        .find(id)
        .orElseThrow(() -> Answers.refusedDrs(404, "The requested DrsObject was not found."));
  }

  ObjectNode access(DrsObject object, String accessId) {
    DrsObject.Place place =
        object
            .place()
            .filter(one -> one.accessId().equals(accessId))
            .orElseThrow(() -> Answers.refusedDrs(404, "The requested access was not found."));
    return Answers.object().put("url", registry.settings.links().get(place.bucket(), place.key()));
  }

  ObjectNode shown(DrsObject object, boolean expand) {
    return json.object(object, expand);
  }

  /** Python's {@code True} counts too: that is what the compliance suite sends. */
  static boolean expands(Call call) {
    String value = call.query("expand").orElse("false").toLowerCase(Locale.ROOT);
    return switch (value) {
      case "true" -> true;
      case "false", "" -> false;
      default -> throw Answers.refusedDrs(400, "expand must be true or false.");
    };
  }

  /** Checks a body with passports, which nobody verifies; answers whether it asks to expand. */
  private static boolean passports(Call call) {
    JsonNode body = body(call);
    JsonNode passports = body.path("passports");
    if (!passports.isMissingNode() && !passports.isNull()) {
      texts(passports, "passports");
    }
    JsonNode expand = body.path("expand");
    if (!expand.isMissingNode() && !expand.isNull() && !expand.isBoolean()) {
      throw Answers.refusedDrs(400, "expand must be a boolean.");
    }
    return expand.asBoolean(false);
  }

  static JsonNode body(Call call) {
    JsonNode body =
        Answers.parse(call.body())
            .orElseThrow(() -> Answers.refusedDrs(400, "The body is no JSON."));
    if (!body.isNull() && !body.isObject()) {
      throw Answers.refusedDrs(400, "The body must be an object.");
    }
    return body;
  }

  static List<String> texts(JsonNode array, String name) {
    List<String> texts = new ArrayList<>();
    array.forEach(item -> texts.add(item.isTextual() ? item.textValue() : ""));
    if (!array.isArray() || texts.stream().anyMatch(String::isEmpty)) {
      throw Answers.refusedDrs(400, name + " must be an array of strings.");
    }
    return texts;
  }

  private ObjectNode serviceInfo() {
    ObjectNode info = Answers.object().put("id", "com.sbgenomics.cavatica-ga4gh-api");
    info.put("name", "CAVATICA DRS API");
    ObjectNode type = info.putObject("type").put("group", "org.ga4gh").put("artifact", "drs");
    type.put("version", profile.version());
    ObjectNode organization = info.putObject("organization").put("name", "Seven Bridges");
    organization.put("url", "https://www.sevenbridges.com");
    info.put("documentationUrl", "https://docs.cavatica.org");
    info.put("createdAt", "2020-01-01T00:00:00Z").put("updatedAt", "2024-10-04T00:00:00Z");
    info.put("environment", "prod").put("version", "1.0.0");
    if (profile.isLater()) {
      info.put("maxBulkRequestLength", BulkRoutes.MOST);
      ObjectNode drs = info.putObject("drs").put("maxBulkRequestLength", BulkRoutes.MOST);
      List<DrsObject> blobs = registry.blobs();
      drs.put("objectCount", blobs.size());
      drs.put("totalObjectSize", blobs.stream().mapToLong(DrsObject::size).sum());
    }
    return info;
  }
}
