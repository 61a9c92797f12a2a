package io.towpath.sandbox.synapse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.http.Reply;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Multipart upload and copy: start, sign, add, complete (MultipartManagerV2Impl). */
final class MultipartRoutes {
  private final Realm realm;
  private final UploadPlans plans;

  MultipartRoutes(Realm realm) {
    this.realm = realm;
    this.plans = new UploadPlans(realm);
  }

  void register(RouteTable table) {
    table.changing("POST", "/file/multipart", Scope.WRITE, this::start);
    table.reading(
        "POST", "/file/multipart/{uploadId}/presigned/url/batch", Scope.WRITE, this::sign);
    table.changing("PUT", "/file/multipart/{uploadId}/add/{partNumber}", Scope.WRITE, this::add);
    table.changingUnlocked(
        "PUT", "/file/multipart/{uploadId}/complete", Scope.WRITE, this::complete);
  }

  private Reply start(Request request) {
    ObjectNode given = request.body();
    Optional<Upload> same =
        realm.uploads.same(request.caller(), UploadPlans.hash(given), realm.now());
    if (same.isPresent()) {
      Upload upload = same.get();
      if (!request.flag("forceRestart", false) && !lost(upload)) {
        upload.updatedOn = realm.now();
        return Reply.json(201, upload.json());
      }
    }
    Upload.Plan plan = plans.of(request.caller(), given);
    same.ifPresent(realm.uploads::forget);
    Upload upload = realm.uploads.start(request.caller(), realm.now(), plan);
    return Reply.json(201, upload.json()).changed("upload", upload.id, name(upload));
  }

  /** Whether the finished upload's object was deleted since. */
  private boolean lost(Upload upload) {
    FileHandle.S3Object target = upload.plan.target();
    return upload.isComplete() && realm.store.head(target.bucket(), target.key()).isEmpty();
  }

  private static String name(Upload upload) {
    return upload.plan.content().fileName().orElse("");
  }

  private Reply sign(Request request) {
    Upload upload = own(request);
    ObjectNode given = request.body();
    Optional<String> contentType = Json.text(given, "contentType").filter(t -> !t.isBlank());
    List<JsonNode> numbers = Json.list(given, "partNumbers").orElse(List.of());
    if (numbers.isEmpty()) {
      throw Refusals.badRequest(
          "BatchPresignedUploadUrlRequest.partNumbers must contain at least one value");
    }
    ObjectNode json = Json.object();
    ArrayNode urls = json.putArray("partPresignedUrls");
    for (JsonNode number : numbers) {
      int part = part(upload, number.asLong());
      Map<String, String> headers = signedHeaders(upload, part, contentType);
      ObjectNode url = urls.addObject().put("partNumber", part);
      url.put(
          "uploadPresignedUrl",
          realm.presigner.sign(
              "PUT",
              new FileHandle.S3Object(upload.plan.target().bucket(), upload.partKey(part)),
              Presigner.UPLOAD_LIFE,
              Map.of(),
              headers));
      ObjectNode signed = url.putObject("signedHeaders");
      headers.forEach(signed::put);
    }
    return Reply.json(201, json);
  }

  private Map<String, String> signedHeaders(Upload upload, int part, Optional<String> contentType) {
    Map<String, String> headers = new TreeMap<>();
    contentType.ifPresent(type -> headers.put("Content-Type", type));
    if (upload.plan.source().isPresent()) {
      FileHandle.S3Object source = upload.plan.source().get();
      headers.put("x-amz-copy-source", source.bucket() + "/" + source.key());
      headers.put(
          "x-amz-copy-source-range",
          "bytes=" + upload.plan.firstByte(part) + "-" + upload.plan.lastByte(part));
      realm
          .store
          .head(source.bucket(), source.key())
          .ifPresent(stored -> headers.put("x-amz-copy-source-if-match", stored.etag()));
    }
    return headers;
  }

  private Upload own(Request request) {
    return realm.uploads.getOwn(request.call().variable("uploadId"), request.caller());
  }

  private static int part(Upload upload, long number) {
    if (number < 1) {
      throw Refusals.badRequest("Part number must be greater than or equal to one.");
    }
    if (number > upload.plan.parts()) {
      throw Refusals.badRequest(
          "Part number cannot be larger than number of parts. Number of parts: "
              + upload.plan.parts()
              + ", provided part number: "
              + number);
    }
    return (int) number;
  }

  /** A wrong MD5, or a part that was added before, un-adds the part: not an HTTP error. */
  private Reply add(Request request) {
    Upload upload = own(request);
    int part = part(upload, request.number("partNumber"));
    String md5 =
        request
            .text("partMD5Hex")
            .orElseThrow(() -> Refusals.badRequest("partMD5Hex is required."));
    if (upload.isComplete()) {
      throw Refusals.badRequest("Cannot add parts to completed file upload.");
    }
    Upload.Part uploaded = upload.uploaded.get(part);
    ObjectNode json = Json.object().put("uploadId", upload.id).put("partNumber", part);
    upload.updatedOn = realm.now();
    if (uploaded != null && uploaded.md5().equals(md5)) {
      upload.added.put(part, uploaded);
      if (upload.plan.source().isEmpty()) {
        upload.uploaded.remove(part);
      }
      json.put("addPartState", "ADD_SUCCESS");
      return Reply.json(201, json).changed("part", upload.id + "/" + part, name(upload));
    }
    boolean unAdded = upload.added.remove(part) != null;
    json.put("addPartState", "ADD_FAILED");
    json.put(
        "errorMessage",
        uploaded == null
            ? "The specified key does not exist. (Service: Amazon S3; Status Code: 404; Error"
                + " Code: NoSuchKey)"
            : "The provided MD5 does not match the MD5 of the uploaded part.  Please re-upload the"
                + " part.");
    Reply reply = Reply.json(201, json);
    return unAdded ? reply.changed("part", upload.id + "/" + part, name(upload)) : reply;
  }

  private Reply complete(Request request) throws IOException {
    Upload upload;
    synchronized (realm) {
      upload = own(request);
    }
    synchronized (upload) {
      synchronized (realm) {
        if (upload.isComplete()) {
          return Reply.json(201, upload.json());
        }
        requireComplete(upload);
      }
      long size = assemble(upload);
      synchronized (realm) {
        FileHandle handle = finish(upload, size);
        return Reply.json(201, upload.json()).changed("fileHandle", handle.id(), name(upload));
      }
    }
  }

  private static void requireComplete(Upload upload) {
    if (upload.missing() > 0) {
      throw Refusals.badRequest(
          "Missing "
              + upload.missing()
              + " part(s).  All parts must be successfully added before a file upload can be"
              + " completed.");
    }
    if (upload.goneFromS3) {
      throw Refusals.badRequest(
          "The specified upload does not exist. The upload ID may be invalid, or the upload may"
              + " have been aborted or completed. (Service: Amazon S3; Status Code: 404; Error"
              + " Code: NoSuchUpload)");
    }
  }

  private long assemble(Upload upload) throws IOException {
    List<Upload.Part> parts;
    synchronized (realm) {
      parts = List.copyOf(upload.added.values());
    }
    Path whole = Files.createTempFile(realm.settings.scratch(), "whole-", ".bin");
    try {
      try (OutputStream out = Files.newOutputStream(whole)) {
        for (Upload.Part part : parts) {
          Files.copy(part.file(), out);
        }
      }
      FileHandle.S3Object target = upload.plan.target();
      String type = upload.plan.content().contentType().orElse("application/octet-stream");
      realm.store.put(target.bucket(), target.key(), type, whole);
      for (Upload.Part part : parts) {
        Files.deleteIfExists(part.file());
      }
      return Files.size(whole);
    } finally {
      Files.deleteIfExists(whole);
    }
  }

  private FileHandle finish(Upload upload, long size) {
    FileHandle.Content asked = upload.plan.content();
    FileHandle.S3Object target = upload.plan.target();
    FileHandle handle =
        realm.handles.add(
            upload.startedBy,
            realm.now(),
            new FileHandle.Content(
                asked.fileName(),
                asked.contentType(),
                asked.md5(),
                java.util.OptionalLong.of(size)),
            FileHandle.Place.s3(target.bucket(), target.key(), upload.plan.location().id()));
    upload.resultFileHandleId = Optional.of(handle.id());
    upload.updatedOn = realm.now();
    return handle;
  }
}
