package io.towpath.sandbox.synapse;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.http.Reply;
import java.time.Duration;
import java.util.UUID;

/** Temporary S3 credentials for folders with an STS-enabled storage location. */
final class StsRoutes {
  /** StsManagerImpl DURATION_SECONDS. */
  private static final Duration LIFE = Duration.ofHours(12);

  private final Realm realm;

  StsRoutes(Realm realm) {
    this.realm = realm;
  }

  void register(RouteTable table) {
    table.get("/entity/{id}/sts", Scope.STS, this::credentials);
  }

  private Reply credentials(Request request) {
    String permission =
        request
            .text("permission")
            .orElseThrow(
                () -> Refusals.badRequest("Required parameter 'permission' is not present."));
    boolean write = permission.equals("read_write");
    if (!write && !permission.equals("read_only")) {
      throw Refusals.badRequest("No enum constant StsPermission." + permission);
    }
    Node node = realm.node(request.id(), request.caller(), AccessType.READ);
    StorageLocation location =
        realm
            .projectSettings
            .stsLocation(realm, node)
            .orElseThrow(
                () -> Refusals.badRequest("Entity must have an STS-enabled storage location"));
    realm.require(node, request.caller(), AccessType.DOWNLOAD);
    if (write) {
      if (!location.isExternalS3()) {
        throw Refusals.badRequest("STS write access is not allowed in Synapse storage");
      }
      realm.require(node, request.caller(), AccessType.UPDATE);
      realm.require(node, request.caller(), AccessType.CREATE);
      realm.require(node, request.caller(), AccessType.DELETE);
    }
    ObjectNode json = Json.object();
    json.put("bucket", realm.locations.bucket(location));
    Json.put(json, "baseKey", location.baseKey());
    json.put("accessKeyId", realm.settings.keys().accessKeyId());
    json.put("secretAccessKey", realm.settings.keys().secret());
    json.put("sessionToken", UUID.randomUUID().toString());
    json.put("expiration", Json.date(realm.now().plus(LIFE)));
    return Reply.json(200, json);
  }
}
