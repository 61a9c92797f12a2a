package io.towpath.sandbox.sevenbridges;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.http.Reply;
import io.towpath.sandbox.s3.ObjectStore.Stored;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Exports to a volume, after which the file is an alias unless only a copy was wanted. */
final class ExportRoutes {
  private static final String KIND = "exports";
  private static final Set<String> ENCRYPTIONS = Set.of("AES256", "aws:kms");

  private record Wish(
      String fileId, Volume volume, String location, boolean overwrite, boolean copyOnly) {}

  private final Realm realm;
  private final FileActions actions;

  ExportRoutes(Realm realm) {
    this.realm = realm;
    this.actions = new FileActions(realm);
  }

  void register(RouteTable table) {
    table.reading("GET", "/storage/exports", request -> realm.transfers.list(request, KIND));
    table.mutating("POST", "/storage/exports", this::create);
    table.reading(
        "GET",
        "/storage/exports/{id}",
        request ->
            request.one(200, realm.transfers.get(KIND, request.variable("id")).json(request)));
    table.mutating("POST", "/bulk/storage/exports/create", this::createAll);
    table.reading(
        "POST",
        "/bulk/storage/exports/get",
        request ->
            request.bulk(
                request.bulkIds("export_ids"), id -> realm.transfers.get(KIND, id).json(request)));
  }

  private Reply create(Request request) {
    TransferJob job = begin(request, request.body());
    return request.one(201, job.json(request)).changed("export", job.order.id(), job.order.name());
  }

  private Reply createAll(Request request) {
    return request.bulkChange(
        "export",
        request.bulkItems("items"),
        item -> begin(request, Fields.asObject(item)).json(request));
  }

  private TransferJob begin(Request request, ObjectNode body) {
    ObjectNode source = Fields.objectAt(body, "source");
    ObjectNode destination = Fields.objectAt(body, "destination");
    String fileId = Fields.text(source, "file").orElseThrow(Refusal.TRANSFER_SYNTAX::thrown);
    String volumeId =
        Fields.text(destination, "volume").orElseThrow(Refusal.TRANSFER_SYNTAX::thrown);
    String location =
        Fields.text(destination, "location").orElseThrow(Refusal.TRANSFER_SYNTAX::thrown);
    Volume volume = realm.access.volume(volumeId);
    FileNode file =
        realm.access.file(
            fileId, Permission.WRITE, Refusal.NO_TRANSFER_FILE, Refusal.TRANSFER_PROJECT_FORBIDDEN);
    if (file.content.filter(content -> content.volume().isEmpty()).isEmpty()) {
      throw Refusal.NO_EXPORT.thrown();
    }
    ObjectNode properties = properties(body);
    boolean copyOnly =
        request.queryFlag("copy_only", false) || Fields.flag(body, "copy_only", false);
    Wish wish = new Wish(fileId, volume, location, Fields.flag(body, "overwrite", false), copyOnly);
    ObjectNode shown = Fields.object();
    shown.putObject("source").put("file", fileId);
    shown.putObject("destination").put("volume", volumeId).put("location", location);
    shown.put("overwrite", wish.overwrite()).put("copy_only", copyOnly);
    shown.set("properties", properties.deepCopy());
    TransferJob.Order order =
        new TransferJob.Order(
            KIND,
            realm.ids.job(),
            file.projectId(),
            volumeId,
            file.name,
            request.now(),
            request.visibleFrom(),
            shown);
    return realm.transfers.begin(order, due -> carryOut(wish, due));
  }

  private static ObjectNode properties(ObjectNode body) {
    ObjectNode properties = Fields.objectAt(body, "properties");
    Optional<String> encryption = Fields.text(properties, "sse_algorithm");
    if (encryption.filter(algorithm -> !ENCRYPTIONS.contains(algorithm)).isPresent()) {
      throw Refusal.ENCRYPTION.thrown();
    }
    return properties;
  }

  private FileNode carryOut(Wish wish, Instant now) {
    Volume volume = wish.volume();
    if (!volume.writable) {
      throw Refusal.JOB_VOLUME_READ_ONLY.thrown();
    }
    if (!volume.active || !realm.store.bucketExists(volume.bucket)) {
      throw Refusal.JOB_NOT_ACCESSIBLE.thrown();
    }
    FileNode file = realm.files.find(wish.fileId()).orElseThrow(Refusal.JOB_NO_FILE::thrown);
    FileNode.Content from =
        file.content
            .filter(content -> content.volume().isEmpty())
            .orElseThrow(Refusal.NO_EXPORT::thrown);
    String key = volume.key(wish.location());
    if (!wish.overwrite() && realm.store.head(volume.bucket, key).isPresent()) {
      throw Refusal.JOB_LOCATION_TAKEN.thrown();
    }
    copy(from, volume.bucket, key);
    if (!wish.copyOnly()) {
      Stored stored = realm.store.head(volume.bucket, key).orElseThrow(Refusal.JOB_SERVICE::thrown);
      file.content =
          Optional.of(
              new FileNode.Content(
                  volume.bucket,
                  key,
                  stored.size(),
                  stored.etag(),
                  from.contentType(),
                  Optional.of(volume.id),
                  wish.location()));
      file.modified = now;
      actions.forget(from);
    }
    return file;
  }

  private void copy(FileNode.Content from, String bucket, String key) {
    try (InputStream in = realm.store.open(from.bucket(), from.key(), 0, -1)) {
      realm.store.put(bucket, key, from.contentType(), in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
