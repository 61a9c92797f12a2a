package io.towpath.sandbox.synapse;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.http.Reply;
import io.towpath.sandbox.http.ReplyException;
import java.util.Optional;

/** GA4GH DRS 1.2.0 over entity versions and file handles (DrsManagerImpl). */
final class DrsRoutes {
  private static final String HOST = "repo-prod.prod.sagebase.org";
  private static final String HANDLE_PREFIX = "fh";
  private final Realm realm;
  private final Downloads downloads;

  DrsRoutes(Realm realm) {
    this.realm = realm;
    this.downloads = new Downloads(realm);
  }

  void register(RouteTable table) {
    table.open("/service-info", request -> Reply.json(200, serviceInfo()));
    table.get("/objects/{object_id}", Scope.VIEW, r -> drs(() -> object(r)));
    table.get("/objects/{object_id}/access/{access_id}", Scope.DOWNLOAD, r -> drs(() -> access(r)));
  }

  private interface Answer {
    Reply get();
  }

  /** Writes refusals in the form of DRS. */
  private static Reply drs(Answer answer) {
    try {
      return answer.get();
    } catch (ReplyException refused) {
      int status = refused.reply().status();
      return Refusals.drs(status, reason(refused.reply()));
    }
  }

  private static String reason(Reply reply) {
    try (var body = reply.body()) {
      return Json.text(Json.parse(body.readAllBytes()), "reason").orElse("");
    } catch (java.io.IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static ObjectNode serviceInfo() {
    ObjectNode json = Json.object();
    json.put("id", "org.sagebase.prod.repo-prod");
    json.put("name", "Sage Bionetworks Synapse DRS API");
    ObjectNode type = json.putObject("type");
    type.put("group", "org.ga4gh");
    type.put("artifact", "drs");
    type.put("version", "1.2.0");
    json.put(
        "description",
        "This service provides implementation of DRS specification for"
            + " accessing FileEntities and Datasets within Synapse.");
    ObjectNode organization = json.putObject("organization");
    organization.put("name", "Sage Bionetworks");
    organization.put("url", "https://www.sagebionetworks.org");
    json.put("contactUrl", "https://sagebionetworks.jira.com/servicedesk/customer/portal/9");
    json.put("documentationUrl", "https://rest-docs.synapse.org");
    json.put("createdAt", "2022-08-01T00:00:00Z");
    json.put("updatedAt", "2022-08-01T00:00:00Z");
    json.put("environment", "prod");
    json.put("version", "1.0.0");
    return json;
  }

  /** What an id names: a version of a file, or a bare handle. */
  private record Found(Optional<Node> node, Optional<Revision> revision, FileHandle file) {}

  private Found find(Request request) {
    String id = request.call().variable("object_id");
    if (id.matches(HANDLE_PREFIX + "\\d+")) {
      FileHandle handle =
          realm.handles.getOwn(id.substring(HANDLE_PREFIX.length()), request.caller());
      return new Found(Optional.empty(), Optional.empty(), handle);
    }
    EntityIds.Versioned versioned = EntityIds.parse(id);
    if (versioned.version().isEmpty()) {
      throw Refusals.badRequest("Object id should include version. e.g syn123.1");
    }
    Node node = realm.node(versioned.id(), request.caller(), AccessType.READ);
    if (node.type != EntityType.FILE) {
      throw Refusals.badRequest("DRS API only supports FileEntity and Datasets.");
    }
    Revision revision = realm.revision(node, versioned.version().getAsLong());
    return new Found(
        Optional.of(node), Optional.of(revision), realm.fileOf(revision).orElseThrow());
  }

  private Reply object(Request request) {
    Found found = find(request);
    FileHandle file = found.file();
    String id =
        found
            .node()
            .map(n -> n.id + "." + found.revision().orElseThrow().number)
            .orElse(HANDLE_PREFIX + file.id());
    ObjectNode json = Json.object();
    json.put("id", id);
    json.put("name", found.node().map(n -> n.name).or(() -> file.content().fileName()).orElse(id));
    json.put("self_uri", "drs://" + HOST + "/" + id);
    json.put("size", file.content().size().orElse(0));
    json.put(
        "created_time", Json.date(found.node().map(n -> n.createdOn).orElse(file.createdOn())));
    json.put(
        "updated_time",
        Json.date(found.revision().map(r -> r.modifiedOn).orElse(file.createdOn())));
    json.put("version", found.revision().map(r -> Long.toString(r.number)).orElse("1"));
    Json.put(json, "mime_type", file.content().contentType());
    var checksums = json.putArray("checksums");
    file.content()
        .md5()
        .ifPresent(md5 -> checksums.addObject().put("checksum", md5).put("type", "md5"));
    json.putArray("access_methods")
        .addObject()
        .put("type", "https")
        .put("access_id", accessId(found));
    Json.put(json, "description", found.node().flatMap(n -> n.description));
    return Reply.json(200, json);
  }

  private static String accessId(Found found) {
    String handle = found.file().id();
    return found
        .node()
        .map(n -> "FileEntity_" + n.id + "." + found.revision().orElseThrow().number + "_" + handle)
        .orElse("FileHandle_" + handle);
  }

  private Reply access(Request request) {
    Found found = find(request);
    if (!request.call().variable("access_id").equals(accessId(found))) {
      throw Refusals.badRequest(
          "AccessId contains different drsObject Id. DrsObjectId: "
              + request.call().variable("object_id"));
    }
    found.node().ifPresent(node -> realm.require(node, request.caller(), AccessType.DOWNLOAD));
    return Reply.json(200, Json.object().put("url", downloads.url(found.file())));
  }
}
