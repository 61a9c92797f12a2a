package io.towpath.sandbox.sevenbridges;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.http.Reply;
import io.towpath.sandbox.s3.ObjectStore.Stored;
import java.time.Instant;
import java.util.Optional;

/** Imports: aliases of what lies on a volume; a taken name shows only when the job ends. */
final class ImportRoutes {
  private static final String KIND = "imports";

  private record Wish(
      Volume volume,
      String location,
      String parent,
      String name,
      boolean overwrite,
      boolean autorename,
      boolean keepFolders) {}

  private final Realm realm;
  private final FileActions actions;

  ImportRoutes(Realm realm) {
    this.realm = realm;
    this.actions = new FileActions(realm);
  }

  void register(RouteTable table) {
    table.reading("GET", "/storage/imports", request -> realm.transfers.list(request, KIND));
    table.mutating("POST", "/storage/imports", this::create);
    table.reading(
        "GET",
        "/storage/imports/{id}",
        request ->
            request.one(200, realm.transfers.get(KIND, request.variable("id")).json(request)));
    table.mutating("POST", "/bulk/storage/imports/create", this::createAll);
    table.reading(
        "POST",
        "/bulk/storage/imports/get",
        request ->
            request.bulk(
                request.bulkIds("import_ids"), id -> realm.transfers.get(KIND, id).json(request)));
  }

  private Reply create(Request request) {
    TransferJob job = begin(request, request.body());
    return request.one(201, job.json(request)).changed("import", job.order.id(), job.order.name());
  }

  private Reply createAll(Request request) {
    return request.bulkChange(
        "import",
        request.bulkItems("items"),
        item -> begin(request, Fields.asObject(item)).json(request));
  }

  private TransferJob begin(Request request, ObjectNode body) {
    ObjectNode source = Fields.objectAt(body, "source");
    ObjectNode destination = Fields.objectAt(body, "destination");
    String volumeId = Fields.text(source, "volume").orElseThrow(Refusal.TRANSFER_SYNTAX::thrown);
    String location = Fields.text(source, "location").orElseThrow(Refusal.TRANSFER_SYNTAX::thrown);
    Volume volume = realm.access.volume(volumeId);
    FileNode folder = folder(destination);
    String name = Fields.text(destination, "name").orElse(lastSegment(location));
    if (name.isEmpty()) {
      throw Refusal.CANNOT_INFER_NAME.thrown();
    }
    FileActions.checkName(name);
    Wish wish =
        new Wish(
            volume,
            location,
            folder.id(),
            name,
            Fields.flag(body, "overwrite", false),
            Fields.flag(body, "autorename", false),
            Fields.flag(body, "preserve_folder_structure", true));
    ObjectNode shown = Fields.object();
    shown.putObject("source").put("volume", volumeId).put("location", location);
    JsonNode shownDestination = destination.deepCopy();
    shown.set("destination", Fields.asObject(shownDestination).put("name", name));
    shown.put("overwrite", wish.overwrite()).put("autorename", wish.autorename());
    shown.put("preserve_folder_structure", wish.keepFolders());
    TransferJob.Order order =
        new TransferJob.Order(
            KIND,
            realm.ids.job(),
            folder.projectId(),
            volumeId,
            name,
            request.now(),
            request.visibleFrom(),
            shown);
    return realm.transfers.begin(order, due -> carryOut(wish, folder.projectId(), due));
  }

  private FileNode folder(ObjectNode destination) {
    Optional<String> project = Fields.text(destination, "project");
    if (project.isPresent() && !destination.hasNonNull("parent")) {
      Project found =
          realm.access.project(
              project.get(),
              Permission.WRITE,
              Refusal.NO_TRANSFER_PROJECT,
              Refusal.TRANSFER_PROJECT_FORBIDDEN);
      return realm.files.get(found.identity.rootFolder());
    }
    return actions.destination(destination);
  }

  private static String lastSegment(String location) {
    String path = location.replaceAll("/+$", "");
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private FileNode carryOut(Wish wish, String projectId, Instant now) {
    Volume volume = wish.volume();
    if (!volume.active || !realm.store.bucketExists(volume.bucket)) {
      throw Refusal.JOB_NOT_ACCESSIBLE.thrown();
    }
    if (realm.files.find(wish.parent()).isEmpty()) {
      throw Refusal.NO_FOLDER.thrown();
    }
    if (wish.location().endsWith("/")) {
      return importFolder(wish, projectId, now);
    }
    Stored stored =
        realm
            .store
            .head(volume.bucket, volume.key(wish.location()))
            .orElseThrow(Refusal.JOB_NO_LOCATION::thrown);
    return realm.files.add(
        projectId,
        wish.parent(),
        place(wish, wish.name()),
        Optional.of(alias(volume, stored)),
        now,
        now);
  }

  /** The name that the new file gets, after what stood in its way was dealt with as asked. */
  private String place(Wish wish, String name) {
    Optional<FileNode> taken = realm.files.child(wish.parent(), name);
    if (taken.isEmpty()) {
      return name;
    }
    if (wish.overwrite() && !taken.get().isFolder()) {
      actions.delete(taken.get());
      return name;
    }
    if (wish.autorename()) {
      return realm.files.freeName(wish.parent(), name);
    }
    throw Refusal.JOB_FILE_EXISTS.thrown();
  }

  private FileNode importFolder(Wish wish, String projectId, Instant now) {
    Volume volume = wish.volume();
    String root = volume.key(wish.location());
    var stored = realm.store.list(volume.bucket, root);
    if (stored.isEmpty()) {
      throw Refusal.JOB_NO_LOCATION.thrown();
    }
    FileNode top =
        realm.files.add(
            projectId, wish.parent(), place(wish, wish.name()), Optional.empty(), now, now);
    for (Stored object : stored) {
      String relative = object.key().substring(root.length());
      String parent = top.id();
      String[] segments = relative.split("/", -1);
      for (int i = 0; wish.keepFolders() && i < segments.length - 1; i++) {
        parent = subfolder(projectId, parent, segments[i], now);
      }
      String name = realm.files.freeName(parent, segments[segments.length - 1]);
      if (!name.isEmpty()) {
        FileNode.Content alias = alias(volume, object);
        realm.files.add(projectId, parent, name, Optional.of(alias), now, now);
      }
    }
    return top;
  }

  private String subfolder(String projectId, String parent, String name, Instant now) {
    return realm
        .files
        .child(parent, name)
        .orElseGet(() -> realm.files.add(projectId, parent, name, Optional.empty(), now, now))
        .id();
  }

  private static FileNode.Content alias(Volume volume, Stored stored) {
    return new FileNode.Content(
        volume.bucket,
        stored.key(),
        stored.size(),
        stored.etag(),
        stored.contentType(),
        Optional.of(volume.id),
        volume.location(stored.key()));
  }
}
