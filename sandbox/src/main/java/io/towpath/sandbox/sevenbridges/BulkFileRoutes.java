package io.towpath.sandbox.sevenbridges;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.http.Reply;
import java.util.function.Function;

/** Up to 100 files in one call, each with its own outcome. */
final class BulkFileRoutes {
  private final Realm realm;
  private final FileActions actions;

  BulkFileRoutes(Realm realm) {
    this.realm = realm;
    this.actions = new FileActions(realm);
  }

  void register(RouteTable table) {
    table.reading("POST", "/bulk/files/get", this::get);
    table.mutating("POST", "/bulk/files/edit", request -> update(request, false));
    table.mutating("POST", "/bulk/files/update", request -> update(request, true));
    table.mutating("POST", "/bulk/files/delete", this::delete);
  }

  private Reply get(Request request) {
    return request.bulk(
        request.bulkIds("file_ids"),
        id -> FileJson.of(request, realm.access.file(id, Permission.READ)));
  }

  private Reply update(Request request, boolean replace) {
    Function<JsonNode, ObjectNode> one =
        item -> {
          FileNode file = realm.access.file(id(item), Permission.WRITE);
          return FileJson.of(request, actions.update(file, item, replace, request.now()));
        };
    return request.bulkChange("file", request.bulkItems("items"), one);
  }

  private static String id(JsonNode item) {
    return Fields.text(item, "id").orElseThrow(Refusal.NO_FILE::thrown);
  }

  private Reply delete(Request request) {
    return request.bulkChange(
        "file",
        request.bulkIds("file_ids"),
        id -> {
          FileNode file = realm.access.file(id, Permission.WRITE);
          actions.delete(file);
          return FileJson.of(request, file);
        });
  }
}
