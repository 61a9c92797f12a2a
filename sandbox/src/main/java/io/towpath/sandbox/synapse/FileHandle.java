package io.towpath.sandbox.synapse;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Metadata of one stored or external file; immutable but for its status.
 *
 * @param content what is known of the bytes
 * @param place where they lie
 * @param status {@code AVAILABLE}, {@code UNLINKED} or {@code ARCHIVED}
 */
record FileHandle(
    String id,
    String etag,
    String createdBy,
    Instant createdOn,
    Content content,
    Place place,
    String status) {

  /** Name, type, MD5 (hex) and size in bytes, each as far as known. */
  record Content(
      Optional<String> fileName,
      Optional<String> contentType,
      Optional<String> md5,
      OptionalLong size) {}

  /** An S3 object in a storage location, or a URL elsewhere. */
  record Place(Optional<S3Object> object, Optional<String> url, OptionalLong storageLocationId) {
    static Place s3(String bucket, String key, long storageLocationId) {
      return new Place(
          Optional.of(new S3Object(bucket, key)),
          Optional.empty(),
          OptionalLong.of(storageLocationId));
    }
  }

  record S3Object(String bucket, String key) {}

  FileHandle withStatus(String other) {
    return new FileHandle(id, etag, createdBy, createdOn, content, place, other);
  }

  ObjectNode json() {
    ObjectNode json = Json.object();
    json.put("id", id);
    json.put("etag", etag);
    json.put("createdBy", createdBy);
    json.put("createdOn", Json.date(createdOn));
    json.put("modifiedOn", Json.date(createdOn));
    json.put(
        "concreteType",
        "org.sagebionetworks.repo.model.file."
            + (place.object().isPresent() ? "S3FileHandle" : "ExternalFileHandle"));
    Json.put(json, "contentType", content.contentType());
    Json.put(json, "contentMd5", content.md5());
    Json.put(json, "fileName", content.fileName());
    place.storageLocationId().ifPresent(location -> json.put("storageLocationId", location));
    content.size().ifPresent(size -> json.put("contentSize", size));
    json.put("status", status);
    place
        .object()
        .ifPresent(
            object -> {
              json.put("bucketName", object.bucket());
              json.put("key", object.key());
              json.put("isPreview", false);
            });
    Json.put(json, "externalURL", place.url());
    return json;
  }
}
