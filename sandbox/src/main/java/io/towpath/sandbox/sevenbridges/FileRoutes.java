package io.towpath.sandbox.sevenbridges;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.http.Reply;
import java.util.Optional;

/** Files and folders, one at a time. */
final class FileRoutes {
  private final Realm realm;
  private final FileActions actions;
  private final FileSearch search;

  FileRoutes(Realm realm) {
    this.realm = realm;
    this.actions = new FileActions(realm);
    this.search = new FileSearch(realm);
  }

  void register(RouteTable table) {
    table.reading("GET", "/files", search::list);
    table.reading("GET", "/files/scroll", search::scroll);
    table.mutating("POST", "/files", this::createFolder);
    table.reading(
        "GET",
        "/files/{id}",
        request -> request.one(200, FileJson.of(request, find(request, Permission.READ))));
    table.mutating("PATCH", "/files/{id}", request -> update(request, false));
    table.mutating("PUT", "/files/{id}", request -> update(request, true));
    table.mutating("DELETE", "/files/{id}", this::delete);
    table.reading("GET", "/files/{id}/list", search::inFolder);
    table.reading("GET", "/files/{id}/download_info", this::download);
    table.reading(
        "GET",
        "/files/{id}/metadata",
        request -> request.one(200, find(request, Permission.READ).metadata.deepCopy()));
    table.mutating("PATCH", "/files/{id}/metadata", request -> metadata(request, false));
    table.mutating("PUT", "/files/{id}/metadata", request -> metadata(request, true));
    table.mutating("PUT", "/files/{id}/tags", this::tags);
    table.mutating("POST", "/files/{id}/actions/copy", this::copy);
    table.mutating("POST", "/files/{id}/actions/move", this::move);
  }

  private FileNode find(Request request, Permission permission) {
    return realm.access.file(request.variable("id"), permission);
  }

  private static Reply changed(Request request, int status, FileNode file) {
    return touched(request.one(status, FileJson.of(request, file)), file);
  }

  private static Reply touched(Reply reply, FileNode file) {
    return reply.changed(file.isFolder() ? "folder" : "file", file.id(), file.name);
  }

  private Reply createFolder(Request request) {
    FileNode folder = actions.createFolder(request.body(), request.now(), request.visibleFrom());
    return changed(request, 201, folder);
  }

  private Reply update(Request request, boolean replace) {
    FileNode file = find(request, Permission.WRITE);
    return changed(request, 200, actions.update(file, request.body(), replace, request.now()));
  }

  private Reply delete(Request request) {
    FileNode file = find(request, Permission.WRITE);
    actions.delete(file);
    return touched(Reply.empty(204), file);
  }

  private Reply metadata(Request request, boolean replace) {
    FileNode file = find(request, Permission.WRITE);
    ObjectNode body = Fields.object().set("metadata", request.body());
    actions.update(file, body, replace, request.now());
    return touched(request.one(200, file.metadata.deepCopy()), file);
  }

  private Reply tags(Request request) {
    FileNode file = find(request, Permission.WRITE);
    ObjectNode body = Fields.object();
    body.set("tags", Fields.texts(Fields.textList(request.tree(), "tags")));
    actions.update(file, body, false, request.now());
    return touched(Reply.json(200, Fields.texts(file.tags)), file);
  }

  private Reply copy(Request request) {
    FileNode file = find(request, Permission.READ);
    FileNode copy = actions.copy(file, request.body(), request.now(), request.visibleFrom());
    return changed(request, 201, copy);
  }

  private Reply move(Request request) {
    FileNode file = find(request, Permission.WRITE);
    return changed(request, 200, actions.move(file, request.body(), false, request.now()));
  }

  private Reply download(Request request) {
    FileNode file = find(request, Permission.COPY);
    FileNode.Content content = file.content.orElseThrow(Refusal.FOLDER_DOWNLOAD::thrown);
    Optional<Volume> volume = content.volume().flatMap(realm.volumes::find);
    if (content.volume().isPresent() && volume.filter(found -> found.active).isEmpty()) {
      throw Refusal.INACTIVE_VOLUME.thrown();
    }
    String url = realm.settings.links().get(content.bucket(), content.key());
    return request.one(200, Fields.object().put("url", url));
  }
}
