package io.towpath.sandbox.synapse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.UUID;

/** Turns the body of {@code POST /file/multipart} into a plan, by the rules of PartUtils. */
final class UploadPlans {
  static final String MODEL = "org.sagebionetworks.repo.model.file.";
  private static final long MIN_PART = 5L * 1024 * 1024;
  private static final long MAX_PART = 5L * 1024 * 1024 * 1024;
  private static final long MAX_SIZE = 5L * 1024 * 1024 * 1024 * 1024;
  private static final int MAX_PARTS = 10_000;
  private final Realm realm;
  private final Downloads downloads;

  UploadPlans(Realm realm) {
    this.realm = realm;
    this.downloads = new Downloads(realm);
  }

  Upload.Plan of(SynapseAccount caller, ObjectNode given) {
    String type = Json.text(given, "concreteType").orElse(MODEL + "MultipartUploadRequest");
    if (type.equals(MODEL + "MultipartUploadCopyRequest")) {
      return copy(caller, given);
    }
    if (type.equals(MODEL + "MultipartUploadRequest")) {
      return upload(caller, given);
    }
    throw Refusals.badRequest("Unknown implementation of: MultipartRequest, " + type);
  }

  private Upload.Plan upload(SynapseAccount caller, ObjectNode given) {
    String fileName = Json.required(given, "fileName");
    long size = requiredNumber(given, "fileSizeBytes");
    long partSize = requiredNumber(given, "partSizeBytes");
    String md5 = Json.required(given, "contentMD5Hex");
    checkSizes(size, partSize);
    StorageLocation location =
        realm.locations.get(
            Json.number(given, "storageLocationId").orElse(StorageLocations.DEFAULT_ID));
    FileHandle.Content content =
        new FileHandle.Content(
            Optional.of(fileName),
            Optional.of(Json.text(given, "contentType").orElse("application/octet-stream")),
            Optional.of(md5),
            OptionalLong.of(size));
    return new Upload.Plan(
        hash(given),
        content,
        size,
        partSize,
        location,
        target(caller, location, fileName),
        Optional.empty());
  }

  private Upload.Plan copy(SynapseAccount caller, ObjectNode given) {
    ObjectNode association =
        Json.object(given, "sourceFileHandleAssociation")
            .orElseThrow(() -> Refusals.badRequest("sourceFileHandleAssociation is required."));
    long partSize = requiredNumber(given, "partSizeBytes");
    StorageLocation location = realm.locations.get(requiredNumber(given, "storageLocationId"));
    if (!location.createdBy().equals(caller.userId())) {
      throw Refusals.forbidden(
          "You must be the creator of the storage location " + location.id() + " to copy to it");
    }
    FileHandle source = downloads.require(caller, association);
    FileHandle.S3Object object =
        source
            .place()
            .object()
            .orElseThrow(() -> Refusals.badRequest("The source file must be stored in S3."));
    if (source.place().storageLocationId().equals(OptionalLong.of(location.id()))) {
      throw Refusals.badRequest(
          "The source file handle is already in the given destination storage location.");
    }
    long size = source.content().size().orElse(0);
    checkSizes(size, partSize);
    String fileName =
        Json.text(given, "fileName").or(() -> source.content().fileName()).orElse("NOT_SET");
    FileHandle.Content content =
        new FileHandle.Content(
            Optional.of(fileName),
            source.content().contentType(),
            source.content().md5(),
            OptionalLong.of(size));
    return new Upload.Plan(
        hash(given),
        content,
        size,
        partSize,
        location,
        target(caller, location, fileName),
        Optional.of(object));
  }

  private FileHandle.S3Object target(
      SynapseAccount caller, StorageLocation location, String fileName) {
    String base = location.baseKey().map(key -> key + "/").orElse("");
    String key = base + caller.userId() + "/" + UUID.randomUUID() + "/" + fileName;
    return new FileHandle.S3Object(realm.locations.bucket(location), key);
  }

  private static long requiredNumber(ObjectNode given, String field) {
    return Json.number(given, field)
        .orElseThrow(() -> Refusals.badRequest(field + " is required."));
  }

  private static void checkSizes(long size, long partSize) {
    if (size < 1) {
      throw Refusals.badRequest("File size must be at least one byte");
    }
    if (size > MAX_SIZE) {
      throw Refusals.badRequest("File size exceeds the maximum of " + MAX_SIZE + " bytes");
    }
    if (partSize < MIN_PART || partSize > MAX_PART) {
      throw Refusals.badRequest(
          "The part size must be between " + MIN_PART + " and " + MAX_PART + " bytes");
    }
    if ((size + partSize - 1) / partSize > MAX_PARTS) {
      throw Refusals.badRequest("File would have more than the maximum of " + MAX_PARTS + " parts");
    }
  }

  /** The hash over all fields that are set, whatever their order. */
  static String hash(ObjectNode given) {
    Map<String, String> fields = new TreeMap<>();
    for (Map.Entry<String, JsonNode> field : given.properties()) {
      JsonNode value = field.getValue();
      if (!value.isNull()) {
        fields.put(field.getKey(), value.isContainerNode() ? value.toString() : value.asText());
      }
    }
    fields.putIfAbsent("concreteType", MODEL + "MultipartUploadRequest");
    return Md5.hex(fields.toString().getBytes(StandardCharsets.UTF_8));
  }
}
